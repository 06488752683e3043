/** Modest lists of feeling words in Western European languages, so that tone is not blind outside English. */
import type { Lexicon } from './lexicon.ts'

export const GERMAN: Lexicon = {
  gratitude: ['danke dankeschön vielen_dank dankbar herzlichen_dank', 'bedanke merci'],
  joy: ['glücklich freue freut froh begeistert zufrieden fröhlich freude', 'schön gerne lustig spaß'],
  admiration: [
    'super toll klasse großartig perfekt wunderbar hervorragend ausgezeichnet prima fantastisch spitze genial',
    'gut nett freundlich hilfreich beste',
  ],
  love: ['liebe liebt lieben geliebt', 'mag schatz lieblings*'],
  optimism: ['hoffentlich zuversichtlich', 'hoffe hoffnung'],
  relief: ['endlich erleichtert gott_sei_dank'],
  approval: ['genau stimmt einverstanden passt klingt_gut', 'richtig'],
  anger: [
    'wütend wut sauer unverschämt* frechheit betrug betrüger hasse idiot* scheiß* verdammt lügner arschloch drecks*',
    'blöd dumm böse halt_die anzeige anwalt',
  ],
  annoyance: [
    'nervt ärger* genervt lächerlich frustrier* zum_letzten_mal schon_wieder immer_noch_nicht unzumutbar zeitverschwendung',
    'warte_seit mühsam umständlich nie_wieder',
  ],
  disappointment: [
    'enttäuscht* enttäuschend unzufrieden schlecht* katastroph* mangelhaft',
    'leider schade kaputt funktioniert_nicht geht_nicht fehlt defekt falsch',
  ],
  disgust: ['ekelhaft widerlich eklig', 'furchtbar schrecklich grauenhaft'],
  fear: ['angst fürchte* panik gefährlich', 'gefahr'],
  nervousness: ['besorgt sorge sorgen nervös dringend', 'unsicher'],
  sadness: ['traurig weine weinen verzweifelt unglücklich', 'schmerz* tut_weh einsam'],
  grief: ['verstorben gestorben beerdigung', 'tot'],
  confusion: ['verwirrt verstehe_nicht unklar keine_ahnung', 'komisch seltsam'],
  remorse: ['entschuldigung tut_mir_leid verzeihung'],
  surprise: ['überrascht unglaublich wahnsinn'],
}

export const SPANISH: Lexicon = {
  gratitude: ['gracias agradezco agradecid*', 'agradecería'],
  joy: ['feliz contento contenta alegre encantad* alegr* satisfech* felicidad', 'gusto divertid* ríe'],
  admiration: [
    'excelente genial perfecto perfecta maravillos* increíble fantástic* estupend* fabulos* hermos* magnífic* impresionante',
    'bien bueno buena buenos bonito amable útil mejor linda lindo',
  ],
  love: ['amor amo encanta adoro te_quiero', 'querida querido cariño'],
  optimism: ['ojalá esperanza', 'espero confianza'],
  relief: ['por_fin aliviad* menos_mal'],
  approval: ['de_acuerdo exacto exactamente claro_que_sí me_parece_bien', 'correcto vale'],
  anger: [
    'furios* enfadad* enojad* indignante estafa estafador* ladrones odio idiota* estúpid* mierda maldit* mentiros* imbécil cabrón basura puta',
    'vergüenza denuncia loco pelea matar',
  ],
  annoyance: [
    'ridículo molest* hart* frustra* otra_vez_lo_mismo pérdida_de_tiempo ya_le_dije ya_te_dije inaceptable',
    'todavía_no llevo_esperando demora tarda',
  ],
  disappointment: [
    'decepcion* insatisfech* descontent* pésim* mal_servicio peor fatal',
    'mal malo mala lamentablemente no_funciona roto rota defectuos* falta perdido',
  ],
  disgust: ['asco asqueros* repugnante', 'horrible terrible espantos*'],
  fear: ['miedo asustad* pánico temo', 'peligro* muerte'],
  nervousness: ['preocup* nervios* urgente ansios*', 'problema'],
  sadness: ['triste tristeza llorar llorando desesperad* deprimid*', 'pena dolor sufr* solo'],
  grief: ['falleció murió funeral', 'muerto muerta'],
  confusion: ['confundid* no_entiendo no_comprendo confuso', 'raro extraño'],
  remorse: ['lo_siento perdón disculpa disculpe perdona', 'culpa'],
  surprise: ['sorprend* increíblemente no_puedo_creer'],
}

export const FRENCH: Lexicon = {
  gratitude: ['merci remercie reconnaissant* remercier', 'gentil_à_vous'],
  joy: ['heureux heureuse content contente ravi ravie joie satisfait* enchanté*', 'plaisir sourire amusant drôle'],
  admiration: [
    'super génial parfait parfaite excellent* magnifique merveilleu* formidable incroyable extraordinaire fantastique bravo impeccable',
    'bien bon bonne beau belle sympa gentil utile meilleur*',
  ],
  love: ['amour adore aime aimer', 'chéri chérie cher'],
  optimism: ["j'espère espoir", 'espère espérons confiance'],
  relief: ['enfin soulag* ouf'],
  approval: ["d'accord exactement tout_à_fait ça_marche", 'correct exact'],
  anger: [
    'furieux furieuse colère scandaleux inadmissible arnaque* voleur* déteste connard salaud merde idiot* menteur* honte putain con',
    'imbécile plainte avocat tuer guerre',
  ],
  annoyance: [
    'ridicule agac* énerv* marre ras_le_bol frustr* perte_de_temps inacceptable encore_une_fois ça_fait_des',
    'toujours_pas toujours_rien retard attends_depuis pénible',
  ],
  disappointment: [
    'déçu* décevant* insatisfait* mécontent* nul nulle pire catastroph* mauvais*',
    'malheureusement dommage marche_pas fonctionne_pas cassé* mal manque perdu défectueu*',
  ],
  disgust: ['dégoût* dégueulasse répugnant', 'horrible affreux terrible'],
  fear: ['peur effray* panique crains', 'danger* mort'],
  nervousness: ['inquiet inquiète inquiét* nerveu* urgent stress*', 'souci problème'],
  sadness: ['triste tristesse pleur* désespér* malheureux', 'douleur souffr* seul'],
  grief: ['décédé* obsèques', 'mort_de'],
  confusion: ['comprends_pas perdu_là confus confuse pas_clair', 'bizarre étrange'],
  remorse: ['désolé* pardon excusez excuse'],
  surprise: ["surpris* étonn* j'y_crois_pas"],
}

export const PORTUGUESE: Lexicon = {
  gratitude: ['obrigado obrigada agradeço grat* agradecid* valeu'],
  joy: ['feliz contente alegre felizes satisfeit* alegria adorei', 'prazer divertid* sorri*'],
  admiration: [
    'ótimo ótima excelente perfeito perfeita maravilh* incrível fantástic* parabéns sensacional magnífic*',
    'bom boa bem legal bonit* lindo linda útil melhor gentil',
  ],
  love: ['amor amo adoro te_amo ama', 'querida querido'],
  optimism: ['tomara esperança', 'espero confiança'],
  relief: ['finalmente aliviad* ainda_bem graças_a_deus'],
  approval: ['concordo exatamente combinado com_certeza', 'certo correto'],
  anger: [
    'furios* raiva irritad* absurdo golpe ladrões ladrão odeio idiota* estúpid* merda mentiros* palhaçada vergonha maldit* droga',
    'processar procon louco briga matar',
  ],
  annoyance: [
    'ridículo chatead* frustra* de_novo perda_de_tempo já_falei já_disse inaceitável cansei',
    'ainda_não demora demorando esperando_há',
  ],
  disappointment: [
    'decepcion* insatisfeit* péssim* pior horrível_atendimento',
    'mal mau ruim infelizmente não_funciona quebrado quebrada defeito falta perdi',
  ],
  disgust: ['nojo nojent*', 'horrível terrível'],
  fear: ['medo assustad* pânico', 'perigo* morte'],
  nervousness: ['preocupad* nervos* urgente ansios*', 'problema'],
  sadness: ['triste tristeza chorar chorando desesperad*', 'pena dor sofr* sozinh*'],
  grief: ['faleceu morreu funeral', 'morto morta'],
  confusion: ['confus* não_entendo não_entendi', 'estranho esquisito'],
  remorse: ['desculpe desculpa perdão sinto_muito'],
  surprise: ['surpres* inacreditável'],
}

export const ITALIAN: Lexicon = {
  gratitude: ['grazie ringrazio grato grata riconoscente', 'gentilissim*'],
  joy: ['felice contento contenta lieto lieta soddisfatt* gioia', 'piacere divertent* sorris*'],
  admiration: [
    'ottimo ottima perfetto perfetta eccellente fantastic* meraviglios* magnific* bravissim* incredibile stupend* splendid* complimenti',
    'bene buono buona bello bella bravo brava gentile utile meglio migliore',
  ],
  love: ['amore amo adoro ti_amo', 'cara caro tesoro'],
  optimism: ['speriamo speranza', 'spero fiducia'],
  relief: ['finalmente sollevat* meno_male'],
  approval: ["d'accordo esatto esattamente certamente va_bene", 'giusto'],
  anger: [
    'furios* arrabbiat* vergogn* truffa truffator* ladri odio idiota* stupid* merda cazzo bugiard* schifosi bastard* maledett*',
    'denuncia avvocato pazzo uccidere',
  ],
  annoyance: [
    'ridicolo seccat* infastidit* stufo stufa frustra* perdita_di_tempo inaccettabile ve_l_ho_già un_altra_volta',
    'ancora_niente ritardo aspetto_da',
  ],
  disappointment: [
    'delus* deludente insoddisfatt* pessim* peggio scontento',
    'male cattivo purtroppo peccato non_funziona rotto rotta manca difettos* perso',
  ],
  disgust: ['schifo disgust*', 'orribile terribile'],
  fear: ['paura spaventat* panico temo', 'pericol* morte'],
  nervousness: ['preoccup* nervos* urgente ansia', 'problema'],
  sadness: ['triste tristezza piangere piango disperat*', 'dolore soffr* solo'],
  grief: ['deceduto morì funerale', 'morto morta'],
  confusion: ['confus* non_capisco non_è_chiaro', 'strano'],
  remorse: ['scusa scusi scusate mi_dispiace perdono'],
  surprise: ['sorpres* incredibilmente'],
}

export const DUTCH: Lexicon = {
  gratitude: ['bedankt dank dankjewel dankuwel dank_je dankbaar'],
  joy: ['blij gelukkig tevreden vrolijk verheugd', 'leuk plezier grappig'],
  admiration: [
    'geweldig fantastisch perfect uitstekend prachtig super top schitterend mooi',
    'goed fijn aardig vriendelijk handig beste',
  ],
  love: ['liefde hou_van', 'lief schat'],
  optimism: ['hopelijk', 'hoop'],
  relief: ['eindelijk opgelucht'],
  approval: ['precies akkoord inderdaad klopt', 'juist'],
  anger: [
    'woedend boos schandalig oplichter* oplichting haat idioot klote* leugenaar* verdomme klootzak',
    'belachelijk dom stom',
  ],
  annoyance: [
    'vervelend irritant ergerlijk gefrustreerd alweer tijdverspilling onacceptabel',
    'nog_steeds_niet wacht_al duurt_lang',
  ],
  disappointment: [
    'teleurgesteld teleurstellend ontevreden waardeloos slecht*',
    'helaas jammer kapot werkt_niet ontbreekt fout',
  ],
  disgust: ['walgelijk smerig', 'vreselijk verschrikkelijk afschuwelijk'],
  fear: ['bang angst paniek', 'gevaar* dood'],
  nervousness: ['bezorgd zorgen zenuwachtig dringend', 'probleem'],
  sadness: ['verdrietig huilen wanhopig', 'pijn triest'],
  confusion: ['verward snap_niet begrijp_niet onduidelijk', 'vreemd raar'],
  remorse: ['sorry excuses spijt'],
  surprise: ['verrast ongelofelijk'],
}
