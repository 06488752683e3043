/** What people say that is no company's intent in particular: intents are told apart from it, too. Written by hand. */
export const ANYTHING = `hello, how are you today?
good morning
are you a real person or a robot?
what is your name?
thank you very much, that was helpful
ok great, bye
never mind
i don't understand
can you say that again
tell me a joke
sing me a song about the moon
what is the weather like tomorrow
who won the football match last night
how tall is the eiffel tower
what is the capital of peru
do you like cats or dogs
i am bored
write a poem for my sister
translate good night into italian
what time is it in tokyo
how do i cook rice
what should i watch tonight
do you believe in ghosts
my neighbour plays the piano all day
i had a lovely holiday in the mountains
the train was late again this morning
can you recommend a good book
how many planets are there
what does this word mean
set an alarm for seven
remind me to call my mother
where were you born
my dog ate my homework
is it healthy to sleep nine hours
how do i tie a tie
please wait a moment
yes that is right
no that is not what i meant
i will think about it
let me check with my wife
that sounds good to me
what else can you do
who made you
i want to learn the guitar
which team do you support
how far is the moon
it is raining here
hallo, wie geht es dir?
erzähl mir einen witz
wie wird das wetter morgen
vielen dank und tschüss
wer hat gestern das spiel gewonnen
hola, ¿qué tal?
cuéntame un chiste
¿qué tiempo hará mañana?
muchas gracias, adiós
bonjour, comment ça va ?
raconte-moi une blague
quel temps fera-t-il demain ?
merci beaucoup, au revoir`.split('\n')
