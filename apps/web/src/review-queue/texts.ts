/** The review queue shows what an open conversation shows, and judges it. */
import '../conversations/texts.ts'
import '../contact/texts.ts'
import '../styles/review-queue.css'
