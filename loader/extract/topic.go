package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// topics are phrases that hardly any text has but one on machine learning: each tells the field as much as a word with isTopic does.
const topics = `speech generation|music generation|audio generation|text to image|text to video|text to speech|image to text|speech to text|image to video|video generation|image generation|text generation|speech synthesis|
	image captioning|image synthesis|video synthesis|dialogue system|dialogue systems|dialog system|dialog systems|dialogue generation|dialog generation|dialogue models|task oriented dialogue|task oriented dialog|
	recommender system|recommender systems|sequential recommendation|reading comprehension|semantic parsing|semantic parser|AMR parsing|AMR parser|code generation|program synthesis|relation extraction|entity linking|
	object detection|semantic segmentation|speech recognition|speech translation|speech to speech|slot filling|intent detection|paraphrase generation|response generation|story generation|natural language|
	vision language|visual grounding|phrase grounding|zero shot|few shot|self attention|pre trained|pre training|fine tuned|generative adversarial networks|generative model|generative models|
	video language|open vocabulary|self supervised|artificial intelligence|knowledge distillation|embodied agent|embodied agents|GUI agent|text classification|sentiment analysis|neural model|neural models|
	generative AI|knowledge graph|knowledge graphs|robot policies|tokenization|adapters|simultaneous translation|word embeddings|sequence to sequence|language understanding|visual question`

// weigh adds to the words that tell the field what phrases and names tell, if the words alone leave it open.
func (w *worker) weigh() {
	x := &w.text
	for i := 0; w.domain < 2 && i < len(x.Pieces); i++ {
		if w.matches = w.e.topics.Find(x, i, len(x.Pieces), w.matches[:0]); len(w.matches) > 0 {
			w.domain += 2
		}
	}
	// Names that nothing else has tell the field too: Llama-3-8B, AlpacaEval.
	for i := 0; w.domain < 2 && i < len(w.word); i++ {
		if c := &w.word[i]; c.strong {
			entry, _ := w.longest(c.from)
			if entry < 0 {
				continue
			}
			if k := &w.e.lex.Entries[entry]; (k.Class == lexicon.Model || k.Class == lexicon.Benchmark) && !k.MatchCase && !k.Generic {
				w.domain++
			}
		}
	}
}

// topicPair reports whether two words are "language model", "neural network", "fine-tuning" or the like.
func (w *worker) topicPair(a, b word) bool {
	if !a.single || !b.single {
		return false
	}
	switch a.key {
	case "language", "foundation", "neural", "deep", "machine", "reinforcement", "diffusion", "question", "attention", "generative":
	default:
		return false
	}
	switch b.key {
	case "model", "models", "network", "networks", "learning", "modeling", "modelling", "translation", "answering", "mechanism", "mechanisms":
		return true
	}
	return false
}

// addTopics compiles the phrases.
func (e *Extractor) addTopics() {
	e.topics = text.NewTrie()
	for _, form := range strings.Split(topics, "|") {
		e.topics.Add(e.vocabulary.IDs(strings.TrimSpace(form)), 0)
	}
}
