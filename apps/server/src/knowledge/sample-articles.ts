/** The articles a new workspace starts with: about Earshot itself, and about what shops are asked; meant to be edited. */
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { writeArticle } from './create-article.ts'

/** Writes and publishes them, in the caller's transaction when one is given. */
export async function createSampleArticles(ctx: Context, tx?: Tx): Promise<void> {
  if (!tx) return transact(ctx, (own) => createSampleArticles(ctx, own))
  for (const article of SAMPLES) await writeArticle(ctx, tx, { ...article, language: 'en', status: 'published' })
}

const SAMPLES: { title: string; body: string }[] = [
  {
    title: 'What is Earshot?',
    body: `Earshot is the place where a team watches and steers every conversation its AI agents have with customers. It runs on your own server, and the conversations stay in your own database.

## What you can do with it

An AI agent answers your visitors in the chat on your website. Your team sees every message live, can take over at any moment, reply in person, and hand the conversation back. Afterwards each conversation gets a summary, a quality score and the customer's tone.

## Does it need an AI model?

No. Without a model, the agent answers from these articles, quotes the one it used, and offers a person when it finds nothing. In Settings › Agents you can connect a model: any service that speaks the OpenAI protocol, also one on your own computer, or Anthropic.`,
  },
  {
    title: 'Put the chat on your website',
    body: `## The snippet

Open Settings › Channels and copy the snippet of your widget. Paste it into the HTML of your page just before the closing body tag. The chat button appears at once; no other change is needed.

## Without a website

Every channel also has a chat page of its own. Copy its address from Settings › Channels and send it to anyone; it works in any browser, also on phones.

## Only on your own pages

You can list the pages that may show the widget under Settings › Channels › Allowed pages. While the list is empty, any page may.`,
  },
  {
    title: 'Take over a conversation from the agent',
    body: `Open the conversation and press **Take over**. The agent stops at once, also in the middle of an answer, and the customer reads your messages from then on. Only one person can have a conversation: when a colleague was faster, you are told who.

When you are done, press **Hand back**. You can leave a note, so that the agent knows what was agreed. If the customer is still waiting for an answer, the agent answers immediately.

To silence the agent without answering yourself, choose **Pause**. To stop somebody who misuses the chat, choose **Block**; blocking can be undone.`,
  },
  {
    title: 'Teach the agent with knowledge articles',
    body: `The agent answers from the articles under Knowledge. Write one article for each topic, with a clear title, and put the answer in the first sentences. Only published articles are used; drafts are not.

Changes count from the next message on. There is no training to wait for. When the agent could not find something, the question appears in the review of the conversation, which is a good list of articles to write next.`,
  },
  {
    title: 'Shipping and delivery',
    body: `## How long does delivery take?

Standard delivery takes 3 to 5 working days. Express delivery arrives on the next working day when you order before 2 pm.

## What does shipping cost?

Standard shipping costs 4.90. Orders over 50 are shipped free of charge. Express shipping costs 9.90.

## Shipping abroad

We ship to all countries of the European Union, the United Kingdom, Norway and Switzerland. Delivery abroad takes 5 to 8 working days.

## Where is my order?

As soon as your parcel leaves our warehouse you receive an e-mail with a tracking link. If the tracking has not changed for more than three days, please write to us and we will ask the carrier.

## About this article

This is a sample. Put your own terms here under Knowledge.`,
  },
  {
    title: 'Returns and refunds',
    body: `## How to return something

You can return any item within 30 days of receiving it, unused and in its original packaging. Ask for a return label in the chat or use the one in the parcel; the return is free.

## When you get your money back

We refund the purchase price within 5 working days after the item has reached us, by the payment method you used.

## Exchanges

To exchange an item for another size or colour, return it and place a new order. That is faster than waiting for the exchange.

## Damaged or wrong item

If something arrived damaged, or it is not what you ordered, send us a photo within 14 days. We send a replacement at once, and you do not have to return the damaged item.

## About this article

This is a sample. Put your own terms here under Knowledge.`,
  },
  {
    title: 'Ordering and payment',
    body: `## Ways to pay

You can pay by credit card, PayPal, bank transfer, Apple Pay and Google Pay. Business customers can also pay by invoice within 14 days.

## Change or cancel an order

You can change or cancel an order for one hour after placing it, in your account under Orders. After that it is already being packed; please return it instead.

## Discount codes

Enter the code in the last step before payment. Only one code can be used for each order.

## Invoices

Your invoice is in the confirmation e-mail and in your account under Orders.

## About this article

This is a sample. Put your own terms here under Knowledge.`,
  },
  {
    title: 'Opening hours and contact',
    body: `Our opening hours are Monday to Friday from 9 am to 6 pm, and Saturday from 10 am to 2 pm. On Sunday and on public holidays we are closed.

Outside these hours the agent answers here in the chat, and messages for the team are answered on the next working day. You can also write to hello@example.com.

## About this article

This is a sample. Put your own terms here under Knowledge.`,
  },
]
