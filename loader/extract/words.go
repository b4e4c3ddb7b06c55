package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// traits of a single word of the language, looked up by its piece's id.
type trait uint32

const (
	isDeterminer trait = 1 << iota
	isPreposition
	isConjunction
	isPronoun
	introduces  // introduce, propose, release …: what follows is new
	makes       // build, collect, train …: what follows may be new
	names       // called, dubbed: a name follows
	isBe        // is, are
	isRelative  // that, which, where
	isAcronym   // LLM, NLP: looks like a name, is none
	isVariant   // Chat, Instruct, Base: part of a model's name
	isSuffix    // -based, -style: what stands before the hyphen is a modifier
	isNovel     // new, novel, first
	isModelNoun // model, LLM: what a size can stand before
	isOwner     // we, our, this
	isAdverb
	endsName // words that are capitalised in titles or at sentence starts but never part of a name
	isDomain // the text is about machine learning
	isTopic  // a single use tells that the text is about machine learning
	isResult // yields, resulting, to obtain: what comes out of something may follow
	isLicense
)

// vocabularyTable gives words their traits.
var vocabularyTable = []struct {
	trait trait
	words string
}{
	{isDeterminer, "a an the our this these those its their several two three four five six some various"},
	{isPreposition, `of for in on at to from by with via into over under through using towards toward between across without within
		than against as per during after before upon alongside based`},
	{isConjunction, "and or but"},
	{isPronoun, "it they we them which"},
	{introduces, `introduce introduces introduced introducing present presents presented propose proposes proposed proposing release releases released
		releasing unveil unveils unveiled announce announces contribute contributes opensource sourcing`},
	{makes, `build builds built develop develops developed create creates created construct constructs constructed curate curates
		curated collect collected design designs designed train establish established devise devised publish published describe describes
		assemble assembled compile compiled pretrain offer share forward provide formulate implement derive scale creating constructing curating collecting developing designing
		establishing`},
	{names, "called named dubbed termed call name dub term coined titled nicknamed codenamed denoted"},
	{isBe, "is are was were"},
	{isRelative, "that which where who whose when while"},
	{isAcronym, `llm llms nlp ai ml rl qa vqa mt asr tts ner ir cv gpu gpus cpu api apis sota sft rlhf dpo ppo cot icl rag moe kg gnn cnn rnn lstm
		nmt nlu nlg lm lms plm plms mllm mllms vlm vlms lvlm lvlms lmm lmms agi ood gan gans vae mlp ssm pdf sql json html xml ocr url uk us usa
		eu un stem id sts nli iot kb kgs dl dnn dnns fp bf int flops flop kv ft peft rm rms slm slms i ii iii iv ar nar xai hci hpc os ui gui
		rgb mrr bleu rouge wer em auc roc f acc cls mlm ntp gec srl pos amr re el od rs cf ctr dst tod cer ppl map ndcg bpe cc covid
		phd mit rq kd ptq qat lora qlora mcts grpo rlvr rlaif odqa cqa llmaas nlps hf ood ai's apc apcs oa doi dna rna mri ct ehr gdp`},
	{isVariant, `chat instruct base it sft dpo rlhf rl large small mini tiny medium xl xxl xs huge turbo coder math code vl vision omni audio plus pro max
		nano ultra flash preview thinking reasoning lite hf distill zero next long sonnet opus haiku turbo instruction tuned rm prm reward embedding`},
	{isSuffix, `based style like centric free level trained tuned driven powered aware oriented specific only augmented enhanced generated
		native compatible inspired agnostic guided assisted type class scale sized ready of to and the parameter finetuned pretrained adapted
		derived dependent related focused ish equipped quantized initialized token size only shot hot wise bit`},
	{isNovel, "new novel first simple efficient open large scale unified comprehensive"},
	{isModelNoun, `model models llm llms lm lms parameter parameters transformer transformers language mllm vlm decoder network baseline
		counterpart counterparts variant variants checkpoint checkpoints base chat instruct dense moe mixture`},
	{isOwner, "we our this us"},
	{isAdverb, "also further then here thus therefore additionally hence finally furthermore moreover instead publicly openly jointly first"},
	{endsName, `the a an we our this these those in on for with as by to from at of and or but while although despite unlike like since when given using
		compared both all each many most some such existing current recent recently moreover furthermore additionally however finally
		specifically notably empirically experiments experimental results extensive evaluations comprehensive based combined trained through
		here it its they their there first second third second-order towards toward can do does is are how what why when which who whether if
		not no yet even only also more less than open large language model models training data dataset datasets learning neural network
		networks technical report our via building scaling introducing presenting understanding improving evaluating beyond rethinking
		code codes compared among during after before under over across between against without within into human multi pre self cross small
		surprisingly importantly interestingly concretely crucially overall besides thus hence so then next previous prior natural
		further meanwhile nevertheless to see one two three four five six seven eight nine ten new novel deep machine artificial
		general efficient fast better state art competitive strong simple scalable robust unified text image video speech vision visual
		multimodal multilingual generative conditional instruction fine tuning zero few shot task tasks analysis survey review study approach
		method methods framework benchmark benchmarks system systems evaluation performance end best top average accuracy unlike similarly`},
	{isResult, `yields yield yielding producing creating obtaining resulting produces results result led leads leading obtain produce get create build
		develop construct train`},
	{isLicense, "license licence licenses"},
	{isDomain, `llm llms nlp transformer transformers neural pretraining pretrained finetuning finetune finetuned gpt bert parameters tokens
		attention embedding embeddings benchmark benchmarks multimodal prompt prompts prompting gpus language corpus corpora dataset
		checkpoint checkpoints inference reasoning learning chatbot tokenizer multilingual`},
	{isTopic, `llm llms nlp transformer transformers pretraining pretrained finetuning finetuned finetune gpt bert gpus tokenizer mllm mllms vlm vlms
		chatbot llama multimodal pretrain embeddings lstm lstms rnn rnns seq mllm encoder decoder nlg nlu nlp captioning vqa nmt asr summarization rlhf`},
}

// classNouns say what kind of thing a name before or after them is.
var classNouns = []struct {
	class lexicon.Class
	words string
}{
	{lexicon.Model, `model models llm llms lm lms mllm mllms vlm vlms plm plms lvlm lvlms lmm lmms vla vlas slm slms lrm lrms chatbot checkpoint checkpoints family
		series suite assistant assistants generalist encoder decoder foundation embedder retriever reranker parser tagger classifier translator`},
	{lexicon.Dataset, `dataset datasets corpus corpora collection treebank dump datasource datastore crawl archive`},
	{lexicon.Benchmark, `benchmark benchmarks leaderboard testbed testset challenge exam testsuite arena`},
	{lexicon.Architecture, `architecture architectures layer layers attention transformer transformers activation mechanism block network networks`},
	{lexicon.Method, `method methods framework frameworks approach algorithm algorithms technique techniques pipeline system systems toolkit
		library optimizer paradigm strategy strategies objective loss module agent agents tokenizer decoding procedure scheme recipe metric tool
		platform adapter prompting tuning procedure sampler plugin engine environment simulator kernel workflow protocol`},
	{lexicon.Hardware, `gpu gpus accelerator accelerators tpu tpus chip chips npu npus supercomputer processor`},
}

// word is a coarse word: pieces that stand close together, such as "StarCoder2-15B" or "state-of-the-art".
type word struct {
	from, to int
	trait    trait         // of a word of one piece, or of the last piece of a hyphenated one
	class    lexicon.Class // if it is a class noun
	sentence int
	single   bool   // one piece
	capital  bool   // the first piece begins with a capital
	strong   bool   // cannot be a common word: a capital inside, digits and letters, two capitals or more
	acronym  bool   // a common abbreviation (LLM), whatever its suffix
	number   bool   // one number piece
	size     int8   // pieces at which a size stands: count of sizes
	spaced   bool   // only white space stands between this word and the one before
	first    bool   // it begins a sentence
	key      string // as it is spelt, in small letters
}

// words cuts the text into coarse words.
func (w *worker) words() {
	x := &w.text
	w.word = w.word[:0]
	w.small = smallLetters(x.Raw)
	sentence := 0
	w.domain = 0
	end := -1
	for i := 0; i < len(x.Pieces); {
		for sentence+1 < len(x.Sentences) && i >= x.Sentences[sentence].To {
			sentence++
		}
		p := x.Pieces[i]
		if p.Kind != text.Word && p.Kind != text.Number {
			i++
			continue
		}
		j := i + 1
		for j < len(x.Pieces) && x.Tight(j) && w.glues(j) && !w.dash(j) {
			j++
		}
		for j > i+1 && x.Pieces[j-1].Kind != text.Word && x.Pieces[j-1].Kind != text.Number && !x.Is(j-1, '+') {
			j--
		}
		// "StarCoder2- 15B": a size that a line break has parted from its name.
		if j+2 < len(x.Pieces) && x.Pieces[j].Kind == text.Hyphen && x.Tight(j) && x.Pieces[j+1].Kind == text.Number &&
			x.Pieces[j+1].Spaced && x.Pieces[j+2].Kind == text.Word && x.Tight(j+2) && x.String(j+2) == "B" && p.Shape != text.Lower {
			j += 3
		}
		c, n := w.classify(i, j), len(w.word)
		c.sentence = sentence
		c.spaced = end == i
		c.key = w.small[p.Start:x.Pieces[j-1].End]
		if c.trait&isTopic != 0 && !(c.single && x.String(i) == "transformer") || n > 0 && w.topicPair(w.word[n-1], c) {
			w.domain += 2
		}
		c.first = i == x.Sentences[sentence].From
		w.word = append(w.word, c)
		end = j
		i = j
	}
	w.dataSets()
	w.weigh()
}

// smallLetters returns a text with its letters of ASCII in small ones, byte by byte.
func smallLetters(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c-'A' < 26 {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// dataSets makes a noun for data, or for a test, of the "set" in "training set", "instruction set" and "test set".
func (w *worker) dataSets() {
	for i := 1; i < len(w.word); i++ {
		if !w.is(i, "set") || !w.word[i].spaced {
			continue
		}
		switch w.wordKey(i - 1) {
		case "training", "tuning", "instruction", "pretraining", "fine-tuning", "preference":
			w.word[i].class = lexicon.Dataset
		case "evaluation", "test", "diagnostic", "challenge":
			w.word[i].class = lexicon.Benchmark
		}
	}
}

// dash reports whether the hyphen at piece j stands for a dash: "Foo-a new model".
func (w *worker) dash(j int) bool {
	x := &w.text
	if strings.HasPrefix(x.String(j), "--") {
		return true
	}
	if x.Pieces[j].Kind != text.Hyphen || j+2 >= len(x.Pieces) || !x.Tight(j+1) || !x.Pieces[j+2].Spaced {
		return false
	}
	switch x.String(j + 1) {
	case "a", "an", "the", "which", "our", "we":
		return true
	}
	return false
}

// glues reports whether piece j, which stands close to the one before, continues its word.
func (w *worker) glues(j int) bool {
	x := &w.text
	switch x.Pieces[j].Kind {
	case text.Word, text.Number, text.Hyphen:
		return true
	}
	if x.Is(j, '_') || x.Is(j, '+') {
		return true
	}
	return x.Is(j, '.') && j+1 < len(x.Pieces) && x.Tight(j+1) && x.Pieces[j+1].Kind != text.Punct && x.Pieces[j-1].Kind == text.Word
}

func (w *worker) classify(i, j int) word {
	x := &w.text
	first := x.Pieces[i]
	c := word{from: i, to: j, single: j == i+1}
	c.capital = first.Kind == text.Word && first.Shape != text.Lower
	c.number = c.single && first.Kind == text.Number
	last := x.Pieces[j-1]
	if c.single && first.Kind == text.Word {
		c.trait = w.e.trait(first.ID)
		c.class = w.e.class(first.ID)
		if c.trait&isDomain != 0 {
			w.domain++
		}
		c.acronym = c.trait&isAcronym != 0
		c.strong = (first.Shape == text.Mixed || first.Shape == text.Upper && first.End-first.Start > 1) && !c.acronym
		if c.strong && first.Shape == text.Mixed && last.End-last.Start > 2 && x.Raw[last.End-1] == 's' {
			// "LLMs", "PLMs": plurals of abbreviations.
			if isUpperASCII(x.Raw[last.Start : last.End-1]) {
				c.strong = false
				c.acronym = true
			}
		}
		return c
	}
	if c.single {
		return c
	}
	if last.Kind == text.Word {
		c.trait = w.e.trait(last.ID) & (isVariant | isDomain)
		if last.Shape == text.Lower {
			c.trait |= w.e.trait(last.ID) & isSuffix
			c.class = w.e.class(last.ID)
		}
	}
	lettered := first.End-first.Start == 1 && x.Pieces[i+1].Kind == text.Number // F5-TTS
	c.acronym = w.e.trait(first.ID)&isAcronym != 0 && first.Shape != text.Mixed && !lettered && !w.ownPart(i+1, j) && !(last.Kind == text.Word && (hasSuffix(x.String(j-1), "bench") || hasSuffix(x.String(j-1), "Bench")))
	if last.Kind == text.Word && w.e.trait(last.ID)&isAcronym != 0 && (first.Kind == text.Number || x.Raw[last.End-1] == 's') {
		c.acronym = true // 3D-LLM, Video-LLMs
	}
	digits, letters, capitals := false, 0, 0
	for k := i; k < j; k++ {
		p := x.Pieces[k]
		switch p.Kind {
		case text.Number:
			digits = true
			if k+1 < j && x.Tight(k+1) && w.isSizeLetter(k+1, j) {
				c.size++
			}
		case text.Word:
			letters++
			if p.Shape != text.Lower {
				capitals++
			}
			if p.Shape == text.Mixed || p.Shape == text.Upper && p.End-p.Start > 1 && w.e.trait(p.ID)&isAcronym == 0 {
				c.strong = true
			}
		}
	}
	if digits && capitals > 0 && !w.plainNumbering(i, j) {
		c.strong = true
	}
	if last.Kind == text.Word && last.End-last.Start == 1 && last.Shape != text.Lower && first.Shape == text.Capital && j == i+3 && x.Pieces[i+1].Kind == text.Hyphen {
		c.strong = true // Foo-S
	}
	if j == i+3 && x.Pieces[i+1].Kind == text.Hyphen && first.Shape == text.Upper && first.End-first.Start == 1 && last.Kind == text.Word && last.Shape == text.Capital && last.End-last.Start > 4 &&
		w.e.trait(last.ID) == 0 && (hasSuffix(x.String(j-1), "er") || hasSuffix(x.String(j-1), "or")) {
		c.strong = true // H-Reducer: a letter and what does something
	}
	if first.Kind == text.Number && !w.longCapital(i, j) {
		c.strong = false // 7B, 30B+, 2.5M-instance: a quantity
	}
	return c
}

// plainNumbering reports whether the only capitals of a word with digits are those of 3D, K-12 or V2: such words are no names.
func (w *worker) plainNumbering(i, j int) bool {
	letters := 0
	for k := i; k < j; k++ {
		p := w.text.Pieces[k]
		switch {
		case p.Kind != text.Word:
		case w.text.Is(k, 'D') && k > i && w.text.Pieces[k-1].Kind == text.Number:
		case p.Shape != text.Lower:
			if p.End-p.Start > 1 || !(w.text.Is(k, 'V') || w.text.Is(k, 'K') && k+1 < j && w.text.Pieces[k+1].Kind == text.Hyphen) {
				return false
			}
			letters++
		}
	}
	return letters <= 1
}

// ownPart reports whether a word with a capital among the pieces is no common abbreviation: of KG-BART and VLM-R1, not of LLM-based.
func (w *worker) ownPart(i, j int) bool {
	for k := i; k < j; k++ {
		if p := w.text.Pieces[k]; p.Kind == text.Word && p.Shape != text.Lower && w.e.trait(p.ID)&isAcronym == 0 {
			return true
		}
	}
	return false
}

// longCapital reports whether a word of two letters or more among the pieces has a capital: 360Zhinao has one, 2.5M-token none.
func (w *worker) longCapital(i, j int) bool {
	for k := i; k < j; k++ {
		if p := w.text.Pieces[k]; p.Kind == text.Word && p.End-p.Start > 1 && p.Shape != text.Lower {
			return true
		}
	}
	return false
}

// isSizeLetter reports whether piece k is the B or M of a size such as 7B that ends a part of the word.
func (w *worker) isSizeLetter(k, end int) bool {
	x := &w.text
	if x.Pieces[k].Kind != text.Word || x.Pieces[k].End-x.Pieces[k].Start != 1 {
		return false
	}
	switch x.Raw[x.Pieces[k].Start] {
	case 'B', 'b', 'M':
	default:
		return false
	}
	return k+1 == end || x.Pieces[k+1].Kind == text.Hyphen || !x.Tight(k+1)
}

func isUpperASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return len(s) > 0
}
