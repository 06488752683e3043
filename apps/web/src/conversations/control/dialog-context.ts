/** Which question is open over the conversation; head, composer and keys all ask through here. */
import { createContext, useContext } from 'react'

export type Question = 'takeOver' | 'handBack' | 'block' | 'flag' | 'title' | null

export const QuestionContext = createContext<(question: Question) => void>(() => {})
export const useAsk = () => useContext(QuestionContext)
