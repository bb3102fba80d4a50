export { groupTopics, type StaffWord, type Topic } from './group-topics.js';
export {
  corpusOf,
  likenessOf,
  similarTo,
  thresholds,
  type Corpus,
  type Likeness,
  type Similar,
  type Told,
} from './likeness.js';
export { sharedPhrases } from './shared-phrases.js';
export {
  classifierOf,
  type CategoryPath,
  type CategorySuggestion,
  type Classifier,
  type Settled,
} from './suggest-category.js';
export { traitsOf, type Traits, type WordsOf } from './traits.js';
