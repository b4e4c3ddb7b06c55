package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// cueKind is what a phrase tells of a relation.
type cueKind int32

const (
	cueOutperform cueKind = iota
	cueComparable
	cueWorse
	cueTrain
	cueFinetune
	cueDerive
	cueEvaluate
	cueNegation
	cueDoubt
	cueOwnModel // our model(s)
	cueItModel  // it, the model
	cueTheyModel
	cueArchitecture
	cueContext
	cueLicense
	cueAvailable
	cueTraining // training cost
	cueInference
	cueActive     // behind the figure: per token
	cueActivating // before it
	cueLanguages
	cueSwitch // while, whereas: another clause begins
	cueSuchAs
	cueDeveloped
	cueOwnOther  // our method, our results
	cueOwnMethod // our method
	cueExcept
)

// phraseTable is every phrase that the relation rules look for. A hyphen and a space are the same.
var phraseTable = []struct {
	cue   cueKind
	forms string
}{
	{cueOutperform, `outperform|outperforms|outperformed|outperforming|surpass|surpasses|surpassed|surpassing|exceed|exceeds|exceeded|exceeding|
		beat|beats|beating|superior to|better than|stronger than|outpaces|outpacing|outstrips|improves over|improves upon|improving upon|
		improvement over|improvements over|overtakes|overtaking|outclasses|outcompetes|dominates|ahead of|advantage over|
		outranks|eclipses|faster and better than|superior performance to|superior performance over|superior performance compared to|superior performance compared with|superior results to|better results than|
		better performance compared to|better performance over|better results compared to|better results compared with|improved performance over|outperformance over|superior performance than|wins over|superiority over|better performance than|higher than|
		higher accuracy than|better accuracy than|more accurate than|better results than|higher scores than|higher performance than|stronger performance than|superior to that of|wins against|preferred over|are preferred to|is preferred to|edge over|outshines|outshining|outdoes|surpass even|superior accuracy to|superior accuracy over|
		edges out|eclipsing|bests|better quality than|higher quality than`},
	{cueComparable, `match|matches|matched|matching|rival|rivals|rivaling|rivalling|rivaled|on par with|on a par with|on par to|comparable to|comparable with|
		competitive with|competitive against|competitive to|comparably to|comparably with|parity with|comparable performance to|comparable performance with|
		comparable results to|comparable results with|comparable performance against|competitive performance with|competitive performance to|competitive results with|
		competitive performance against|on par performance with|on par results with|performance similar to|similar performance to|similar results to|equals|
		performance equivalent to|comparable or superior to|comparable or better than|comparable or even superior to|comparable or even better than|comparable to or better than|competitive or superior to|equal or better than|equal or superior to|similar or better than|
		competitively with|competitively against|competitively to|compete closely with|competes closely with|competing with|competes favorably with|compete favorably with|competing favorably with|compares favorably to|compares favorably with|compare favorably to|compare favorably with|performance close to|comparable capabilities to|comparable accuracy to|comparable quality to|competes with|compete with|
		equivalent to|approaches the performance of|approaching the performance of|closely matches|closely matching|nearly matches|par with|similarly to|results similar to|as good as|as strong as|level of performance as|same level as|accuracy similar to|quality similar to|equivalent performance to|
		ties with|tied with`},
	{cueWorse, `underperforms|underperform|lags behind|lag behind|falls behind|fall behind|worse than|falls short of|fall short of|inferior to|outperformed by|surpassed by|
		weaker than|trails|lagging behind`},
	{cueTrain, `train|trains|trained|training|pretrain|pretrains|pretrained|pretraining|pre trained|pre train|pre training|retrained|
		pre trains|overtrain|overtrains|overtrained|overtraining|learned from|processed|trained from scratch`},
	{cueFinetune, `finetune|finetunes|finetuned|finetuning|fine tune|fine tunes|fine tuned|fine tuning|instruction tuned|instruction tuning|continually pretrained|
		continued pretraining|continual pretraining|continued pre training|continual pre training|continually pre trained|continue pretraining|continue pre training|continue the pretraining|
		continue training|continue the training|continued training|post trained|post training|tuned`},
	{cueDerive, `based on|built on|built upon|built on top of|builds on|builds upon|building on|building upon|build on|build upon|fine tuned from|finetuned from|derived from|initialized from|initialised from|
		initialized with|initializing from|continued from|distilled from|adapted from|extends|extending|on top of|starting from|trained from|obtained from|derived by|successor of|
		successor to|upcycled from|pruned from|converted from|by fine tuning|by finetuning|fine tuning|finetuning|fine tune|finetune|continual pretraining of|
		continued pretraining of|obtained by pruning|by pruning|pruning|distilling|distilled|continually pretraining|continually pretrain|adapting|upcycling|initialised with|initializing|further trained from|pretrained from|pre trained from|tuned from|instruction tuned from|powered by|extension of|extension to|evolution of|version of|variant of|distillation of|
		continual pre training of|continued pre training of|built over|built off|starts from|start from|started from|continues training from|continue training from|continued training from|
		continues pretraining from|continues pre training from|continues pretraining|continues pre training|continues to pretrain|continues to train|adapts|inherits from|inherited from|inheriting from|by inheriting|merging|by merging|modifies`},
	{cueEvaluate, `evaluate|evaluates|evaluated|evaluating|evaluation|evaluations|experiments|experiment|test|tested|testing|results|result|performance|accuracy|achieve|achieves|
		achieved|achieving|score|scores|scoring|scored|attains|attaining|obtain|obtains|obtaining|reaching|reaches|reach|improve|improves|improvement|improvements|improved|improving|outperform|
		outperforms|outperforming|surpasses|surpassing|state of the art|sota|gains|gain|assess|assessed|benchmarked|benchmarking|demonstrate|demonstrates|show|shows|shown|
		measured|tasks|according to|excels|tops|ranks|ranking|points|pass 1|validate|validated|demonstrated|rank|boost|boosts|boosting|increase|increases|
		across|competitive|perplexity|best|strong|setting|sets|yields|yielding|yield|conduct|conducted|apply|applied|studies|verify|verified|verifies|leaderboard|test set|evaluates|reports|report|reported|gain|solve|solves|solving|measure|measures|measuring|baseline|baselines|participated|participation|participate|submission|submissions|investigate|reduces|reducing|lowers|effectiveness|effective|efficacy|superiority|
		ablation|ablations|rises|rise|rose|climbs|grows|drops|gets|we benchmark|ranked|won|wins|winning|first place|halves|doubles`},
	{cueNegation, `not|cannot|can't|doesn't|don't|fails to|fail to|failing to|neither|nor|without|never|unable to|struggle to|struggles to|rather than|no longer|far from|didn't|hardly|barely|difficult to`},
	{cueDoubt, `would|could|might|may|whether|if|should|expected to|aim to|aims to|hope to|potential to|potentially`},
	{cueOwnModel, `our model|our models|our llm|our llms|our language model|our language models|our best model|our largest model|our final model|our flagship model|our system|our 
		small model|our large model|our base model|our chat model|our resulting model|our trained model|our pretrained model|our new model|our fine tuned model|our smallest model|our smaller model`},
	{cueItModel, `it|its|the model|this model|the resulting model|the final model|the trained model|resulting model`},
	{cueTheyModel, `they|their|the models|these models|the resulting models|the series|the family|the suite|both models|all models`},
	{cueOwnOther, `our method|our approach|our framework|our technique|our algorithm|our proposed method|our agent|the proposed method|our results|our strategy|our pipeline|the proposed approach|our analysis|this method|this approach|our findings|this simple technique|this technique|our work|our dataset|our benchmark|our data`},
	{cueArchitecture, `architecture|architectures|leveraging|leverages|leverage|using|uses|utilizing|utilizes|employing|employs|employ|based on|built on|built upon|adopting|adopts|featuring|features|incorporating|incorporates|
		with|combining|combines|combine|combination|hybrid|via|replacing|equipped|consisting|consists|comprises|comprising|backbone|interleaves|interleaving|replaces|follows|follow|relies on|relying on|integrates|integrating|powered by|implements|implementing|composed`},
	{cueContext, `context|contexts|context length|context lengths|context window|context windows|sequence length|sequence lengths|input length|context size|long context|sequences|input tokens|maximum length|contextual window`},
	{cueOwnMethod, `our method|our approach|our framework|our technique|our algorithm|our proposed method|our agent|the proposed method|our pipeline|the proposed approach|this method|this approach|
		our proposed approach|our proposed framework|the proposed framework|the resulting agent`},
	{cueLicense, `license|licence|licensed|licenses|licensing`},
	{cueAvailable, `available|released|release|accessible|found|hosted|open sourced|open source|opensource|downloaded|access|published|code|publicly|https`},
	{cueInference, `inference|inferencing|decoding|serving|deploy|deployed|deployment|generation on|runs on|run on|running on|latency|served|deployable`},
	{cueActive, `per token|per input token|for each token|each token|activated|active|are activated|are active`},
	{cueActivating, `activating|activates|activate|activated|active`},
	{cueLanguages, `languages|language|multilingual|bilingual|supports|supporting|support|covers|covering|cover|spanning|trilingual|monolingual|languages like|languages such as|languages including`},
	{cueSwitch, `while|whereas|although|though|but|despite|however|even though|yet|albeit`},
	{cueSuchAs, `such as|like|including|e g|for example|namely|i e|for instance|notably`},
	{cueDeveloped, `developed by|released by|introduced by|proposed by|created by|trained by|built by|by|from|of|provided by`},
	{cueExcept, `except|excluding|unlike|compared to|compared with|in comparison to|comparison with|comparison to|comparisons with|relative to|in contrast to|instead of|than|over|rather than|against|aside from`},
}

// cue is a phrase found: pieces from up to, not including, to.
type cue struct {
	kind     cueKind
	from, to int
	sentence int
}

// findCues finds the phrases of the table. Of two of one kind that overlap the longer stays.
func (w *worker) findCues() {
	x := &w.text
	for s := range x.Sentences {
		st := &x.Sentences[s]
		for i := st.From; i < st.To; i++ {
			if x.Pieces[i].ID == 0 || i > st.From && x.Tight(i) && x.Pieces[i-1].Kind != text.Hyphen && x.Pieces[i-1].Kind != text.Punct {
				continue
			}
			if k := int(w.wordAt[i]); w.is(k, "our") {
				w.ownPhrases(s, k)
			}
			w.matches = w.e.phrases.Find(x, i, st.To, w.matches[:0])
			for m := len(w.matches) - 1; m >= 0; m-- {
				for _, v := range w.matches[m].Values {
					w.addCue(cue{kind: cueKind(v), from: i, to: w.matches[m].To, sentence: s})
				}
			}
		}
	}
}

// ownPhrases adds what the table cannot list: "our" and a few adjectives before a noun for a model or for what else is introduced, "our 7B
// language model", "our graph-based method".
func (w *worker) ownPhrases(s int, i int) {
	for k := i + 1; k < len(w.word) && k < i+6 && w.word[k].sentence == s && w.word[k].spaced; k++ {
		kind := cueOwnModel
		switch w.wordKey(k) {
		case "model", "models", "llm", "llms":
		case "method", "approach", "framework", "agent", "technique", "algorithm", "pipeline":
			kind = cueOwnMethod
		default:
			if c := &w.word[k]; c.single && c.trait&(isPreposition|isConjunction|isRelative|isBe|isPronoun|introduces) != 0 || (c.capital || c.strong) && !c.acronym && !w.modifier(k) {
				return
			}
			continue
		}
		if k+1 < len(w.word) && w.word[k+1].spaced && (w.word[k+1].class != lexicon.None || hasSuffix(w.span(k+1, k+2), "ing")) {
			continue // "our model family", "our method training"
		}
		w.addCue(cue{kind: kind, from: w.word[i].from, to: w.word[k].to, sentence: s})
		return
	}
}

func (w *worker) addCue(c cue) {
	for i := len(w.cue) - 1; i >= 0 && i >= len(w.cue)-12; i-- {
		o := &w.cue[i]
		if o.kind == c.kind && o.from <= c.from && o.to >= c.to {
			return
		}
	}
	w.cue = append(w.cue, c)
}
