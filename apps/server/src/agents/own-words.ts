/** What the embedded answerer says in its own words; everything else it says is quoted from articles. */

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl'] as const
export type Language = (typeof LANGUAGES)[number]

export interface OwnWords {
  greeting: string
  howAreYou: string
  thanks: string
  goodbye: string
  areYouAi: string
  help: string
  yes: string
  no: string
  found: string
  foundAlso: string
  clarify: string
  notFound: string
  /** Read by the contact when the conversation goes to the queue. */
  handoffAsked: string
  handoffFailed: string
  handoffAngry: string
  handoffBroken: string
  /** Its budget is used up. */
  stopped: string
  /** On a call that comes back from the queue. */
  nobodyFree: string
}

/** `{agent}`, `{company}`, `{title}`, `{first}`, `{second}` are filled in. `{company}` is the name with its own "of". */
export const OWN_WORDS: Record<Language, OwnWords> = {
  en: {
    greeting: 'Hello! I am {agent}{company}. What would you like to know?',
    howAreYou: 'Thank you for asking, all is well here. What can I do for you?',
    thanks: 'You are welcome! Is there anything else you would like to know?',
    goodbye: 'Goodbye, and thank you for writing. You can come back here at any time.',
    areYouAi:
      'I am {agent}, an AI agent{company}. I answer from our help articles, and I can bring in a person whenever you like.',
    help: 'Gladly. Tell me in a sentence what it is about, and I will look it up. If you prefer a person, just say so.',
    yes: 'Good. What would you like to know?',
    no: 'All right. If anything else comes up, just write.',
    found: 'This is what our article “{title}” says:',
    foundAlso: 'Did that answer your question?',
    clarify: 'I found two articles that could answer this. Which one do you mean?\n\n1. {first}\n2. {second}',
    notFound:
      'I could not find anything about that in our articles. You could put it in other words, or I can pass you on to a person. Would you like that?',
    handoffAsked: 'I am passing you on to a person. Somebody from the team will answer you here.',
    handoffFailed:
      'I could not help you with this, so I am passing you on to a person. Somebody from the team will answer you here.',
    handoffAngry: 'I am sorry about this. I am passing you on to a person, who will answer you here.',
    handoffBroken: 'I am sorry, I cannot answer at the moment. Somebody from the team will answer you here.',
    stopped: 'I cannot answer any more for now. Please write again later, or ask for a person.',
    nobodyFree:
      'Nobody of the team is free right now. I can help you as far as I can, or somebody will call you back. What would you like?',
  },
  de: {
    greeting: 'Hallo! Ich bin {agent}{company}. Was möchten Sie wissen?',
    howAreYou: 'Danke der Nachfrage, hier ist alles in Ordnung. Was kann ich für Sie tun?',
    thanks: 'Gern geschehen! Möchten Sie noch etwas wissen?',
    goodbye: 'Auf Wiedersehen und danke für Ihre Nachricht. Sie können jederzeit wieder schreiben.',
    areYouAi:
      'Ich bin {agent}, ein KI-Agent{company}. Ich antworte aus unseren Hilfeartikeln und hole gern einen Menschen dazu.',
    help: 'Gern. Sagen Sie mir in einem Satz, worum es geht, dann sehe ich nach. Wenn Sie lieber mit einem Menschen sprechen, sagen Sie es einfach.',
    yes: 'Gut. Was möchten Sie wissen?',
    no: 'In Ordnung. Wenn noch etwas ist, schreiben Sie einfach.',
    found: 'Das steht in unserem Artikel „{title}“:',
    foundAlso: 'Beantwortet das Ihre Frage?',
    clarify: 'Dazu habe ich zwei Artikel gefunden. Welchen meinen Sie?\n\n1. {first}\n2. {second}',
    notFound:
      'Dazu habe ich in unseren Artikeln nichts gefunden. Sie können es anders ausdrücken, oder ich gebe Sie an einen Menschen weiter. Möchten Sie das?',
    handoffAsked: 'Ich gebe Sie an einen Menschen weiter. Jemand aus dem Team antwortet Ihnen hier.',
    handoffFailed:
      'Dabei konnte ich Ihnen nicht helfen, deshalb gebe ich Sie an einen Menschen weiter. Jemand aus dem Team antwortet Ihnen hier.',
    handoffAngry: 'Das tut mir leid. Ich gebe Sie an einen Menschen weiter, der Ihnen hier antwortet.',
    handoffBroken: 'Es tut mir leid, ich kann gerade nicht antworten. Jemand aus dem Team antwortet Ihnen hier.',
    stopped:
      'Ich kann im Moment nicht weiter antworten. Schreiben Sie bitte später wieder, oder fragen Sie nach einem Menschen.',
    nobodyFree:
      'Gerade ist leider niemand aus dem Team frei. Ich helfe Ihnen, so weit ich kann, oder jemand ruft Sie zurück. Was möchten Sie?',
  },
  fr: {
    greeting: 'Bonjour ! Je suis {agent}{company}. Que souhaitez-vous savoir ?',
    howAreYou: 'Merci, tout va bien ici. Que puis-je faire pour vous ?',
    thanks: 'Avec plaisir ! Souhaitez-vous savoir autre chose ?',
    goodbye: 'Au revoir et merci de nous avoir écrit. Vous pouvez revenir à tout moment.',
    areYouAi:
      'Je suis {agent}, un agent IA{company}. Je réponds à partir de nos articles d’aide et je peux faire venir une personne quand vous le souhaitez.',
    help: 'Volontiers. Dites-moi en une phrase de quoi il s’agit et je chercherai. Si vous préférez une personne, dites-le simplement.',
    yes: 'Bien. Que souhaitez-vous savoir ?',
    no: 'Très bien. Si vous avez autre chose à demander, écrivez-moi.',
    found: 'Voici ce que dit notre article « {title} » :',
    foundAlso: 'Cela répond-il à votre question ?',
    clarify: 'J’ai trouvé deux articles à ce sujet. Lequel vous intéresse ?\n\n1. {first}\n2. {second}',
    notFound:
      'Je n’ai rien trouvé à ce sujet dans nos articles. Vous pouvez reformuler, ou je peux vous mettre en relation avec une personne. Le souhaitez-vous ?',
    handoffAsked: 'Je vous mets en relation avec une personne. Quelqu’un de l’équipe vous répondra ici.',
    handoffFailed:
      'Je n’ai pas pu vous aider, je vous mets donc en relation avec une personne. Quelqu’un de l’équipe vous répondra ici.',
    handoffAngry: 'Je suis désolé. Je vous mets en relation avec une personne, qui vous répondra ici.',
    handoffBroken: 'Je suis désolé, je ne peux pas répondre pour le moment. Quelqu’un de l’équipe vous répondra ici.',
    stopped: 'Je ne peux plus répondre pour le moment. Écrivez-nous plus tard, ou demandez une personne.',
    nobodyFree:
      'Personne de l’équipe n’est libre pour le moment. Je peux vous aider autant que possible, ou quelqu’un vous rappellera. Que préférez-vous ?',
  },
  es: {
    greeting: '¡Hola! Soy {agent}{company}. ¿Qué desea saber?',
    howAreYou: 'Gracias por preguntar, todo bien por aquí. ¿En qué puedo ayudarle?',
    thanks: '¡De nada! ¿Desea saber algo más?',
    goodbye: 'Hasta luego y gracias por escribir. Puede volver cuando quiera.',
    areYouAi:
      'Soy {agent}, un agente de IA{company}. Respondo con nuestros artículos de ayuda y puedo avisar a una persona cuando quiera.',
    help: 'Con gusto. Dígame en una frase de qué se trata y lo buscaré. Si prefiere una persona, dígalo.',
    yes: 'Bien. ¿Qué desea saber?',
    no: 'De acuerdo. Si necesita algo más, escríbame.',
    found: 'Esto dice nuestro artículo «{title}»:',
    foundAlso: '¿Responde esto a su pregunta?',
    clarify: 'He encontrado dos artículos sobre esto. ¿A cuál se refiere?\n\n1. {first}\n2. {second}',
    notFound:
      'No he encontrado nada sobre eso en nuestros artículos. Puede decirlo de otra forma, o puedo pasarle con una persona. ¿Lo desea?',
    handoffAsked: 'Le paso con una persona. Alguien del equipo le responderá aquí.',
    handoffFailed:
      'No he podido ayudarle con esto, así que le paso con una persona. Alguien del equipo le responderá aquí.',
    handoffAngry: 'Lo siento. Le paso con una persona, que le responderá aquí.',
    handoffBroken: 'Lo siento, ahora mismo no puedo responder. Alguien del equipo le responderá aquí.',
    stopped: 'Ahora no puedo responder más. Escriba más tarde, o pida hablar con una persona.',
    nobodyFree:
      'Ahora mismo no hay nadie libre en el equipo. Puedo ayudarle en lo que pueda, o alguien le devolverá la llamada. ¿Qué prefiere?',
  },
  pt: {
    greeting: 'Olá! Sou {agent}{company}. O que gostaria de saber?',
    howAreYou: 'Obrigado por perguntar, está tudo bem por aqui. Em que posso ajudar?',
    thanks: 'De nada! Gostaria de saber mais alguma coisa?',
    goodbye: 'Até logo e obrigado por escrever. Pode voltar quando quiser.',
    areYouAi:
      'Sou {agent}, um agente de IA{company}. Respondo com os nossos artigos de ajuda e posso chamar uma pessoa quando quiser.',
    help: 'Com prazer. Diga numa frase do que se trata e eu procuro. Se preferir uma pessoa, basta dizer.',
    yes: 'Certo. O que gostaria de saber?',
    no: 'Está bem. Se precisar de mais alguma coisa, escreva.',
    found: 'É isto que diz o nosso artigo “{title}”:',
    foundAlso: 'Isto responde à sua pergunta?',
    clarify: 'Encontrei dois artigos sobre isto. A qual se refere?\n\n1. {first}\n2. {second}',
    notFound:
      'Não encontrei nada sobre isso nos nossos artigos. Pode dizer de outra forma, ou posso passar a conversa a uma pessoa. Deseja isso?',
    handoffAsked: 'Vou passar a conversa a uma pessoa. Alguém da equipa responderá aqui.',
    handoffFailed:
      'Não consegui ajudar, por isso vou passar a conversa a uma pessoa. Alguém da equipa responderá aqui.',
    handoffAngry: 'Lamento. Vou passar a conversa a uma pessoa, que responderá aqui.',
    handoffBroken: 'Lamento, de momento não consigo responder. Alguém da equipa responderá aqui.',
    stopped: 'Por agora não posso responder mais. Escreva mais tarde, ou peça para falar com uma pessoa.',
    nobodyFree:
      'Neste momento ninguém da equipa está livre. Posso ajudar no que puder, ou alguém lhe liga de volta. O que prefere?',
  },
  it: {
    greeting: 'Buongiorno! Sono {agent}{company}. Che cosa desidera sapere?',
    howAreYou: 'Grazie, qui va tutto bene. Come posso aiutarla?',
    thanks: 'Prego! Desidera sapere altro?',
    goodbye: 'Arrivederci e grazie per averci scritto. Può tornare quando vuole.',
    areYouAi:
      'Sono {agent}, un agente IA{company}. Rispondo con i nostri articoli e posso chiamare una persona quando vuole.',
    help: 'Volentieri. Mi dica in una frase di che cosa si tratta e cerco. Se preferisce una persona, lo dica pure.',
    yes: 'Bene. Che cosa desidera sapere?',
    no: 'Va bene. Se le serve altro, scriva pure.',
    found: 'Ecco che cosa dice il nostro articolo «{title}»:',
    foundAlso: 'Risponde alla sua domanda?',
    clarify: 'Ho trovato due articoli su questo. Quale intende?\n\n1. {first}\n2. {second}',
    notFound:
      'Non ho trovato nulla su questo nei nostri articoli. Può dirlo in altro modo, oppure posso passarla a una persona. Lo desidera?',
    handoffAsked: 'La metto in contatto con una persona. Qualcuno del team le risponderà qui.',
    handoffFailed:
      'Non sono riuscito ad aiutarla, quindi la metto in contatto con una persona. Qualcuno del team le risponderà qui.',
    handoffAngry: 'Mi dispiace. La metto in contatto con una persona, che le risponderà qui.',
    handoffBroken: 'Mi dispiace, al momento non posso rispondere. Qualcuno del team le risponderà qui.',
    stopped: 'Per ora non posso più rispondere. Scriva più tardi, oppure chieda di parlare con una persona.',
    nobodyFree:
      'Al momento nessuno del team è libero. Posso aiutarla per quanto possibile, oppure qualcuno la richiamerà. Che cosa preferisce?',
  },
  nl: {
    greeting: 'Hallo! Ik ben {agent}{company}. Wat wilt u weten?',
    howAreYou: 'Dank u, hier gaat alles goed. Wat kan ik voor u doen?',
    thanks: 'Graag gedaan! Wilt u nog iets weten?',
    goodbye: 'Tot ziens en bedankt voor uw bericht. U kunt altijd terugkomen.',
    areYouAi:
      'Ik ben {agent}, een AI-agent{company}. Ik antwoord uit onze hulpartikelen en kan er altijd een mens bij halen.',
    help: 'Graag. Zeg in één zin waar het over gaat, dan zoek ik het op. Spreekt u liever een mens, zeg het dan gewoon.',
    yes: 'Goed. Wat wilt u weten?',
    no: 'Prima. Als er nog iets is, schrijf dan gerust.',
    found: 'Dit staat in ons artikel “{title}”:',
    foundAlso: 'Is uw vraag daarmee beantwoord?',
    clarify: 'Ik heb hierover twee artikelen gevonden. Welk bedoelt u?\n\n1. {first}\n2. {second}',
    notFound:
      'Ik heb hierover niets gevonden in onze artikelen. U kunt het anders zeggen, of ik geef u door aan een mens. Wilt u dat?',
    handoffAsked: 'Ik geef u door aan een mens. Iemand van het team antwoordt u hier.',
    handoffFailed:
      'Ik kon u hiermee niet helpen, daarom geef ik u door aan een mens. Iemand van het team antwoordt u hier.',
    handoffAngry: 'Dat spijt me. Ik geef u door aan een mens, die u hier antwoordt.',
    handoffBroken: 'Het spijt me, ik kan nu niet antwoorden. Iemand van het team antwoordt u hier.',
    stopped: 'Ik kan nu niet verder antwoorden. Schrijf later nog eens, of vraag om een medewerker.',
    nobodyFree:
      'Op dit moment is niemand van het team vrij. Ik help u zo goed als ik kan, of iemand belt u terug. Wat wilt u?',
  },
  pl: {
    greeting: 'Dzień dobry! Jestem {agent}{company}. Co chcesz wiedzieć?',
    howAreYou: 'Dziękuję, u nas wszystko dobrze. W czym mogę pomóc?',
    thanks: 'Proszę bardzo! Czy chcesz wiedzieć coś jeszcze?',
    goodbye: 'Do widzenia i dziękuję za wiadomość. Możesz wrócić w każdej chwili.',
    areYouAi:
      'Jestem {agent}, agentem AI{company}. Odpowiadam na podstawie naszych artykułów i mogę w każdej chwili poprosić człowieka.',
    help: 'Chętnie. Napisz jednym zdaniem, o co chodzi, a ja poszukam. Jeśli wolisz rozmawiać z człowiekiem, po prostu to napisz.',
    yes: 'Dobrze. Co chcesz wiedzieć?',
    no: 'W porządku. Jeśli będzie coś jeszcze, po prostu napisz.',
    found: 'Oto, co mówi nasz artykuł „{title}”:',
    foundAlso: 'Czy to odpowiedź na Twoje pytanie?',
    clarify: 'Znalazłem na ten temat dwa artykuły. O który chodzi?\n\n1. {first}\n2. {second}',
    notFound:
      'Nie znalazłem nic na ten temat w naszych artykułach. Możesz napisać to inaczej albo przekażę rozmowę człowiekowi. Czy mam to zrobić?',
    handoffAsked: 'Przekazuję rozmowę człowiekowi. Ktoś z zespołu odpowie tutaj.',
    handoffFailed: 'Nie udało mi się pomóc, dlatego przekazuję rozmowę człowiekowi. Ktoś z zespołu odpowie tutaj.',
    handoffAngry: 'Przykro mi. Przekazuję rozmowę człowiekowi, który odpowie tutaj.',
    handoffBroken: 'Przykro mi, teraz nie mogę odpowiedzieć. Ktoś z zespołu odpowie tutaj.',
    stopped: 'Na razie nie mogę już odpowiadać. Proszę napisać później albo poprosić o rozmowę z człowiekiem.',
    nobodyFree:
      'W tej chwili nikt z zespołu nie jest wolny. Mogę pomóc na tyle, na ile potrafię, albo ktoś oddzwoni. Co Pan lub Pani woli?',
  },
}

const OF: Record<Language, (company: string) => string> = {
  en: (company) => ` of ${company}`,
  de: (company) => ` von ${company}`,
  fr: (company) => ` de ${company}`,
  es: (company) => ` de ${company}`,
  pt: (company) => ` da ${company}`,
  it: (company) => ` di ${company}`,
  nl: (company) => ` van ${company}`,
  pl: (company) => ` (${company})`,
}

export function say(
  language: Language,
  what: keyof OwnWords,
  fill: { agent?: string; company?: string | null; title?: string; first?: string; second?: string } = {},
): string {
  const company = fill.company ? OF[language](fill.company) : ''
  const values: Record<string, string> = {
    agent: fill.agent ?? '',
    company,
    title: fill.title ?? '',
    first: fill.first ?? '',
    second: fill.second ?? '',
  }
  return OWN_WORDS[language][what].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
}
