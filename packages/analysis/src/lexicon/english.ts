/** English words of feeling, written for customer conversations. `*` ends a stem, `_` joins the words of a phrase. */
import type { Lexicon } from './lexicon.ts'

export const ENGLISH: Lexicon = {
  admiration: [
    `amazing awesome brilliant excellent fantastic incredible magnificent marvellous marvelous outstanding phenomenal superb terrific
     impressive impressed wonderful well_done great_job good_job nice_job great_work nice_work perfect beautiful gorgeous stunning
     genius talented legend top_notch first_class best_ever spectacular exceptional flawless`,
    `great nice good lovely cool impressively clever smart respect* helpful kind professional fast_service useful neat solid best sweet
     knowledgeable beautifully interesting polite`,
  ],
  amusement: [`lol lmao rofl haha* hehe* hilarious 😂 🤣 😆`, `funny joke* fun_to amusing 😄 😅 kidding comedy laugh*`],
  anger: [
    `furious outrage* enraged livid fuming infuriat* angry anger pissed hate hatred asshole bastard* bullshit fuck* wtf scam* fraud*
     thieves stealing robbed lawsuit sue damn_you screw_you idiot* moron* stupid shut_up liar* lying rage 😡 🤬 disgrace* bitch*`,
    `damn hell unacceptable crap mad rude incompetent* complain complaint* kill fight* violence violent cheat* how_dare attack* evil`,
  ],
  annoyance: [
    `ridiculous annoy* frustrat* irritat* fed_up sick_of tired_of waste_of_time wasting_my_time unacceptable useless pathetic
     for_the_last_time how_many_times already_told already_said i_told_you i_said third_time second_time come_on_now nonsense lazy
     still_waiting been_waiting too_long keeps_happening over_and_over pointless absurd joke_of ffs 🙄 😤`,
    `ugh seriously hurry waiting_for still_not still_no still_nothing bother* again_and_again whatever late delayed slow mess
     difficult hassle nvm wrong not_what_i taking_so_long snappy you_people about_time dumb`,
  ],
  approval: [
    `agree* absolutely exactly definitely works_for_me sounds_good sounds_great that_works fair_enough makes_sense works_now
     good_idea correct i_like_that that's_right fine_by_me 👍 ✅`,
    `right sure fine okay_great good_point yes_please true indeed works accept* approve* support`,
  ],
  caring: [
    `take_care hope_you stay_safe get_well_soon be_careful worried_about_you feel_better stay_strong`,
    `hugs protect safe`,
  ],
  confusion: [
    `confus* don't_understand do_not_understand doesn't_make_sense does_not_make_sense unclear puzzled what_do_you_mean not_sure_what
     not_sure_how no_idea makes_no_sense lost_here don't_get_it baffled huh 🤔 😕`,
    `not_sure unsure i_don't_know i_dont_know weird strange complicated odd`,
  ],
  curiosity: [`curious i_wonder wondering interested_in_knowing tell_me_more i'd_like_to_know`, `interested_in`],
  desire: [
    `can't_wait_to_have dying_to long_for i_wish wish_i really_want would_love i'd_love we'd_love desperately`,
    `hope_to craving wish`,
  ],
  disappointment: [
    `disappoint* let_down letdown unfortunately_not not_what_i_expected expected_better expected_more underwhelm* unsatisf* dissatisf*
     not_happy unhappy fell_short mediocre poor_service bad_service not_good_enough worst 👎`,
    `unfortunately too_bad shame poor poorly lacking failed fails fail bad not_working doesn't_work does_not_work didn't_work
     did_not_work not_helpful unhelpful broken missing lame boring bummer sadly failure never_received never_arrived never_came`,
  ],
  disapproval: [
    `disagree* unfair dishonest misleading shouldn't_have should_not_have not_okay not_ok not_acceptable overpriced rip_off ripoff
     that's_wrong not_right inappropriate shady ashamed_of biased`,
    `incorrect too_expensive too_high doesn't_help does_not_help didn't_help no_way don't_like do_not_like don't_want
     that's_not no_no refuse* reject* against nope wrongly`,
  ],
  disgust: [
    `disgust* gross revolting vile filthy nasty sickening repuls* 🤮 🤢`,
    `dirty awful terrible horrible horrid creepy cringe trash
     garbage toxic dreadful`,
  ],
  embarrassment: [`embarrass* ashamed humiliat* mortified 😳`, `awkward silly_me my_bad`],
  excitement: [
    `excited exciting thrilled can't_wait looking_forward hyped woohoo yay hooray hurray 🎉 🤩 stoked wow_yes`,
    `eager wow pumped 🔥
     omg`,
  ],
  fear: [
    `afraid scared terrif* frighten* panic* horrified fear* scary threat* nightmare 😱 😨`,
    `danger* unsafe worried_that horror`,
  ],
  gratitude: [
    `thank thanks thankyou thx ty tysm thankful grateful appreciate* much_obliged appreciated cheers_mate 🙏`,
    `cheers bless_you`,
  ],
  grief: [
    `passed_away died funeral bereave* mourning grieving condolence* rip lost_my_mother lost_my_father lost_my_wife lost_my_husband`,
    `death
     deceased dead`,
  ],
  joy: [
    `happy happily delighted joy* glad pleased cheerful ecstatic overjoyed so_happy satisfied yippee 😀 😃 😊 🥳 😁 enjoy*`,
    `:) :-) :d fun smile smiling celebrate* party_time happiness 🙂`,
  ],
  love: [`love loved loves loving adore* ❤ ❤️ 😍 🥰 💕 favourite favorite`, `fond dear sweetheart xoxo like_it`],
  nervousness: [
    `nervous anxious anxiety worried worrying worry stress* uneasy freaking_out desperate urgent* 😬 😰`,
    `concern* emergency unsure_if
     afraid_that tense`,
  ],
  optimism: [
    `hopeful optimistic fingers_crossed looking_up hopefully i_hope confident_that 🤞`,
    `hope hoping confident good_luck`,
  ],
  pride: [`proud pride accomplish* achievement`, `earned_it`],
  realization: [
    `i_realize* i_realise* just_realized just_realised just_noticed turns_out now_i_see now_i_understand now_i_get_it oh_i_see`,
    `i_see
     i_remember just_remembered`,
  ],
  relief: [`relief relieved phew thank_god thank_goodness finally_works weight_off 😌`, `finally at_last`],
  remorse: [
    `apologies apologize apologise i'm_so_sorry im_so_sorry my_fault my_mistake forgive_me regret*`,
    `sorry i'm_sorry`,
  ],
  sadness: [
    `sad sadly heartbroken depress* miserable crying tears upset devastated hurts 😢 😭 😞 ☹ ☹️ 💔 lonely`,
    `:( :-( hurt miss_him
     miss_her tragic unlucky suffering cry pain painful`,
  ],
  surprise: [
    `surprised surprising surprise shocked shocking unbelievable can't_believe cannot_believe unexpected* astonish* omg 😮 😲 🤯`,
    `wow
     whoa wait_what really? no_way`,
  ],
}

/** Turns the next few words over: "not happy" is no joy. */
export const NEGATIONS = new Set(
  `not no never nobody nothing neither nor cannot can't cant won't wont don't dont doesn't doesnt didn't didnt isn't isnt wasn't wasnt
  aren't arent haven't hasn't hadn't wouldn't shouldn't couldn't without hardly barely
  nicht kein keine keinen nie no nunca sin ne pas jamais não nem nunca non mai senza niet geen nooit nie nigdy
  не ни никогда нет ні ніколи değil yok hiç لا ليس لم لن ما`.split(/\s+/),
)

export const BOOSTERS = new Set(
  `very really so extremely absolutely totally completely incredibly super truly deeply highly too such quite
  sehr wirklich total muy tan realmente très vraiment tellement muito realmente molto davvero heel erg echt bardzo naprawdę
  очень дуже çok gerçekten جدا`.split(/\s+/),
)
