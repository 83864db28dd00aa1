# %% [markdown]
# ### Capstone: a spam filter
#
# This filter learns from messages that people have sorted, and then computes for every new message the probability that
# it is spam. It uses the core of this week: conditional probability, independence and Bayes' theorem. Below the
# self-check you try it on eighty short messages.
#
# Class 0 is ham (wanted mail), class 1 is spam. Let $V$ be the number of different words in the training messages,
# $n_{cw}$ how often word $w$ occurs in all training messages of class $c$, and $n_c = \sum_w n_{cw}$. The model has
#
# $$P(c) = \frac{\text{messages of class } c}{\text{all messages}}, \qquad
# P(w \mid c) = \frac{n_{cw} + \alpha}{n_c + \alpha V} .$$
#
# The number $\alpha > 0$ is added to every count, so that a word which one class has never shown does not get the
# probability 0. This is called *smoothing*. The model is naive, because it treats the words of a message as
# independent, given the class. If word $w$ occurs $k_w$ times in a message, then
#
# $$\log P(c, \text{message}) = \log P(c) + \sum_w k_w \log P(w \mid c), \qquad
# P(c \mid \text{message}) = \frac{P(c, \text{message})}{P(0, \text{message}) + P(1, \text{message})} .$$
#
# Words that the training messages do not contain are left out of the sum. Stay with logarithms to the end: the product
# of thousands of probabilities is 0 on a computer. For two logarithms with the maximum $m$,
# $\log(e^a + e^b) = m + \log(e^{a - m} + e^{b - m})$.
#
# **By hand.** Spam: "free prize", "free cash prize". Ham: "lunch now", "free lunch", "cash now please". There are
# $V = 6$ words: free, prize, cash, lunch, now, please. The spam messages have 5 words, the ham messages 7. Let
# $\alpha = 1$. In "free prize tomorrow" the last word is unknown. For spam, $\frac25 \cdot \frac{2 + 1}{5 + 6} \cdot
# \frac{2 + 1}{5 + 6} = 0.02975$. For ham, $\frac35 \cdot \frac{1 + 1}{7 + 6} \cdot \frac{0 + 1}{7 + 6} = 0.00710$. So
# the message is spam with probability $0.02975 / (0.02975 + 0.00710) = 0.807$.
#
# Write a class with the methods `fit`, `predict_log_proba` and `predict`. The function `word_counts`, as in week 1, is
# given.

# %%
import math

from autograder.kit import (
    T2,
    accepted,
    array,
    check,
    close,
    exercise,
    helper,
    hidden,
    holds,
    misconception,
    raises,
    same,
)
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

exercise(
    points=15,
    minutes=75,
    level=3,
    banned=("sklearn.naive_bayes.*",),
    oracle="sklearn.naive_bayes.MultinomialNB with the same counts",
    section="Bayes' theorem",
    topics=(
        "r0-intro-master-essential-math",
        "r0-intro-ml-ready-foundation",
        "r0-strategy-step5-connect-ml",
        "r0-w6-out-probabilistic-models",
        "r1-why-math-code-ml",
        "r1-t03-in-ml",
        "r2-o2-used-in",
        "r2-o2-in-ml",
        "r2-a2-bayes-spam",
        "r2-a-end-math-foundations",
        "r2-b2-bayes-spam",
        "r2-b-end-core-math",
        "r3-8-2-text-classification",
        "r3-9-3-5-projects",
        "r4-p6-spam",
    ),
    capstone=True,
)

# %%
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np


# %%
def word_counts(text: str) -> dict[str, int]:
    """Count the words of a text in lower case; a word is a run of letters, digits and apostrophes."""
    return dict(Counter(re.findall(r"(?:[^\W_]|')+", text.lower())))


# %%
class NaiveBayesSpam:
    """Multinomial naive Bayes on word counts with additive smoothing.

    Class 0 is ham, class 1 is spam. Words are counted by `word_counts`.

    Parameters
    ----------
    alpha : float above 0, the number that is added to every count

    Raises
    ------
    ValueError : alpha <= 0
    """

    def __init__(self, alpha: float = 1.0) -> None:
        """Keep alpha; nothing is learned yet."""
        ### BEGIN SOLUTION
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha
        ### END SOLUTION

    def fit(self, texts: Sequence[str], labels: np.ndarray) -> "NaiveBayesSpam":
        """Learn from sorted messages, forget what was learned before, and return self.

        Parameters
        ----------
        texts : n messages
        labels : array-like of shape (n,), 0 for ham and 1 for spam

        Raises
        ------
        ValueError : there are not as many labels as texts, a label is not 0 or 1, or one of the two classes is missing
        """
        ### BEGIN SOLUTION
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self
        ### END SOLUTION

    def predict_log_proba(self, texts: Sequence[str]) -> np.ndarray:
        """Return the logarithms of P(ham | message) and P(spam | message).

        Parameters
        ----------
        texts : n messages, n >= 1; words that were not in the training messages are ignored

        Returns
        -------
        log_proba : array of shape (n, 2); the exponentials of each row sum to 1
        """
        ### BEGIN SOLUTION
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))
        ### END SOLUTION

    def predict(self, texts: Sequence[str]) -> np.ndarray:
        """Return the more probable class of each message: an int array of shape (n,), 0 when both are equal."""
        ### BEGIN SOLUTION
        return np.argmax(self.predict_log_proba(texts), axis=1)
        ### END SOLUTION


# %%
@helper
def example():
    """Return the five messages of the worked example and their labels."""
    return ["free prize", "free cash prize", "lunch now", "free lunch", "cash now please"], [1, 1, 0, 0, 0]


# %%
@helper
def random_messages(n, words, rng):
    """Return n messages and labels of both classes; low word numbers are more common in spam."""
    labels = [0, 1, *(rng.random(n) < 0.3).astype(int).tolist()][:n]
    texts = []
    for label in labels:
        size = int(rng.integers(1, 9))
        numbers = (words * rng.random(size) ** (2.0 if label else 0.8)).astype(int)
        texts.append(" ".join(f"w{number}" for number in numbers))
    return texts, labels


# %%
@helper
def expected_log_proba(texts, labels, alpha, new):
    """Return what MultinomialNB says about the new messages, computed from the same counts."""
    counter = CountVectorizer(token_pattern=r"(?:[^\W_]|')+")
    model = MultinomialNB(alpha=alpha).fit(counter.fit_transform(texts), labels)
    return model.predict_log_proba(counter.transform(new))


# %%
@check
def the_message_of_the_worked_example(NaiveBayesSpam):
    """The message "free prize tomorrow" is spam with probability 0.807, and predict says 1."""
    texts, labels = example()
    model = NaiveBayesSpam(alpha=1.0).fit(texts, labels)
    spam, ham = 2 / 5 * (3 / 11) ** 2, 3 / 5 * 2 / 13 * 1 / 13
    expected = np.log([[ham / (spam + ham), spam / (spam + ham)]])
    close(model.predict_log_proba(["free prize tomorrow"]), expected, **T2, what="the log probabilities")
    prediction = array(model.predict(["free prize tomorrow"]), (1,), what="the prediction")
    same(prediction, np.array([1.0]), what="the prediction")


# %%
@check
def ham_is_more_common_in_the_example(NaiveBayesSpam):
    """A message without any known word has the probabilities of the classes, 3/5 and 2/5."""
    texts, labels = example()
    answer = NaiveBayesSpam().fit(texts, labels).predict_log_proba(["good morning"])
    close(answer, np.log([[3 / 5, 2 / 5]]), **T2, what="the log probabilities")


# %%
@check
def without_smoothing_or_without_spam_it_raises(NaiveBayesSpam):
    """An alpha of 0, and training messages of one class only, raise ValueError."""
    raises(ValueError, NaiveBayesSpam, alpha=0.0)
    raises(ValueError, NaiveBayesSpam().fit, ["lunch now", "see you"], [0, 0])


# %%
@hidden(weight=3)
def the_log_probabilities_are_right(NaiveBayesSpam, rng):
    """The log probabilities are right for few and for many messages, and for any alpha."""
    sizes = ((2, 2, 1.0), (3, 3, 1.0), (4, 4, 0.5), (12, 8, 2.5), (40, 30, 0.01))
    for n, words, alpha in sizes:
        texts, labels = random_messages(n, words, rng)
        new = random_messages(6, words + 2, rng)[0]
        expected = expected_log_proba(texts, labels, alpha, new)
        answer = NaiveBayesSpam(alpha=alpha).fit(texts, np.array(labels)).predict_log_proba(new)
        close(array(answer, (6, 2), what="the log probabilities"), expected, **T2, what="the log probabilities")
        close(np.exp(answer).sum(axis=1), np.ones(6), **T2, what="the sums of the probabilities")


# %%
@hidden
def a_word_that_one_class_never_shows_keeps_both_possible(NaiveBayesSpam):
    """A word that occurs in spam only makes spam likelier, but not certain."""
    texts, labels = ["free money", "hello you", "hello there"], [1, 0, 0]
    answer = NaiveBayesSpam(alpha=0.5).fit(texts, labels).predict_log_proba(["money", "hello", "free hello"])
    # V = 5; spam has 2 words, ham has 4.
    spam = np.array([1.5 / 4.5, 0.5 / 4.5, 1.5 * 0.5 / 4.5**2]) / 3
    ham = np.array([0.5 / 6.5, 2.5 / 6.5, 0.5 * 2.5 / 6.5**2]) * 2 / 3
    expected = np.log(np.stack([ham, spam], axis=1) / (ham + spam)[:, None])
    close(answer, expected, **T2, what="the log probabilities")


# %%
@hidden(weight=2)
def ten_thousand_words_stay_finite(NaiveBayesSpam):
    """A message of 10 000 words has finite log probabilities, and the right ones."""
    texts, labels = example()
    new = ["free " * 6000 + "lunch " * 4000, "prize " * 7000 + "free " * 3000]
    answer = array(NaiveBayesSpam().fit(texts, labels).predict_log_proba(new), (2, 2), what="the log probabilities")
    ham = [math.log(3 / 5) + 6000 * math.log(2 / 13) + 4000 * math.log(3 / 13)]
    ham.append(math.log(3 / 5) + 7000 * math.log(1 / 13) + 3000 * math.log(2 / 13))
    spam = [math.log(2 / 5) + 6000 * math.log(3 / 11) + 4000 * math.log(1 / 11)]
    spam.append(math.log(2 / 5) + 10_000 * math.log(3 / 11))
    expected = np.array([[h - max(h, s), s - max(h, s)] for h, s in zip(ham, spam)])
    close(answer, expected, rtol=1e-9, atol=1e-9, what="the log probabilities")


# %%
@hidden
def order_case_and_punctuation_make_no_difference(NaiveBayesSpam, rng):
    """The words of a message may be shuffled, written in capitals and separated by commas."""
    texts, labels = random_messages(10, 6, rng)
    model = NaiveBayesSpam().fit(texts, labels)
    words = random_messages(5, 6, rng)[0][4].split() + ["w0", "w5", "w0"]
    shuffled = [words[i] for i in rng.permutation(len(words))]
    new = [" ".join(words), " ".join(shuffled), ", ".join(words).upper() + "!"]
    expected = np.tile(expected_log_proba(texts, labels, 1.0, new[:1]), (3, 1))
    close(model.predict_log_proba(new), expected, **T2, what="the log probabilities")


# %%
@hidden
def training_data_written_twice_halve_the_effect_of_alpha(NaiveBayesSpam, rng):
    """Training messages given k times with k alpha teach the same as given once with alpha, in any order."""
    texts, labels = random_messages(8, 6, rng)
    new = random_messages(5, 7, rng)[0]
    expected = expected_log_proba(texts, labels, 0.7, new)
    for k in (1, 2, 3):
        order = rng.permutation(k * len(texts))
        many, sorted_out = [(texts * k)[i] for i in order], [(labels * k)[i] for i in order]
        answer = NaiveBayesSpam(0.7 * k).fit(many, sorted_out).predict_log_proba(new)
        close(answer, expected, **T2, what="the log probabilities")


# %%
@hidden
def predict_takes_the_more_probable_class(NaiveBayesSpam, rng):
    """Prediction 1 is returned exactly when spam is more probable than ham; a tie gives 0."""
    for n, words in ((4, 3), (15, 6), (40, 12)):
        texts, labels = random_messages(n, words, rng)
        new = random_messages(12, words, rng)[0]
        expected = expected_log_proba(texts, labels, 1.0, new)
        answer = NaiveBayesSpam().fit(texts, labels).predict(new)
        holds(np.asarray(answer).dtype.kind in "iu", "The predictions should be whole numbers, 0 or 1.")
        # Rounding may decide a tie of two different products, so only clear cases are compared.
        clear = np.abs(expected[:, 1] - expected[:, 0]) > 1e-6
        wanted = (expected[clear, 1] > expected[clear, 0]).astype(float)
        same(array(answer, (12,), what="the predictions")[clear], wanted, what="the predictions of the clear messages")
    tie = NaiveBayesSpam().fit(["yes", "no"], [1, 0]).predict(["maybe", "yes", "no"])
    same(array(tie, (3,), what="the predictions"), np.array([0.0, 1.0, 0.0]), what="the predictions")


# %%
@hidden
def a_second_fit_forgets_the_first(NaiveBayesSpam, rng):
    """Training again starts from nothing, and two filters do not share what they learned."""
    texts, labels = example()
    others, other_labels = random_messages(7, 5, rng)
    first, second = NaiveBayesSpam(), NaiveBayesSpam(alpha=2.0)
    first.fit(others, other_labels)
    second.fit(texts, labels)
    first.fit(texts, labels)
    new = ["free w1 lunch", "w0 w0 prize now"]
    close(first.predict_log_proba(new), expected_log_proba(texts, labels, 1.0, new), **T2, what="the log probabilities")
    second.fit(others, other_labels)
    close(first.predict_log_proba(new), expected_log_proba(texts, labels, 1.0, new), **T2, what="the log probabilities")
    expected = expected_log_proba(others, other_labels, 2.0, new)
    close(second.predict_log_proba(new), expected, **T2, what="the log probabilities of the second filter")


# %%
@hidden
def input_that_cannot_teach_raises(NaiveBayesSpam):
    """A negative alpha, missing labels, other labels than 0 and 1, and a missing class raise ValueError."""
    raises(ValueError, NaiveBayesSpam, -1.0)
    model = NaiveBayesSpam(0.1)
    raises(ValueError, model.fit, ["free", "lunch", "now"], [1, 0])
    raises(ValueError, model.fit, ["free", "lunch"], [1, 0, 1])
    raises(ValueError, model.fit, ["free", "lunch", "now"], [0, 1, 2])
    raises(ValueError, model.fit, ["free", "lunch", "now"], [-1, 1, 1])
    raises(ValueError, model.fit, ["free", "lunch"], [1, 1])
    raises(ValueError, model.fit, [], [])


# %%
@accepted
class WithDictionariesAndLogOdds:
    def __init__(self, alpha=1.0):
        if not alpha > 0:
            raise ValueError("alpha")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = [int(label) for label in labels]
        if len(labels) != len(texts) or sorted(set(labels)) != [0, 1]:
            raise ValueError("labels")
        self.words, self.totals = [{}, {}], [0, 0]
        for text, label in zip(texts, labels):
            for word, count in word_counts(text).items():
                self.words[label][word] = self.words[label].get(word, 0) + count
                self.totals[label] += count
        self.known = set(self.words[0]) | set(self.words[1])
        self.log_odds = math.log(labels.count(1) / labels.count(0))
        return self

    def _evidence(self, word):
        logs = []
        for c in (0, 1):
            share = (self.words[c].get(word, 0) + self.alpha) / (self.totals[c] + self.alpha * len(self.known))
            logs.append(math.log(share))
        return logs[1] - logs[0]

    def predict_log_proba(self, texts):
        rows = []
        for text in texts:
            odds = self.log_odds
            for word, count in word_counts(text).items():
                if word in self.known:
                    odds += count * self._evidence(word)
            rows.append([-np.logaddexp(0, odds), -np.logaddexp(0, -odds)])
        return np.array(rows)

    def predict(self, texts):
        return np.array([int(row[1] > row[0]) for row in self.predict_log_proba(texts)])


# %%
@accepted
class WithATableOfCounts:
    def __init__(self, alpha=1.0):
        self.alpha = float(alpha)
        if self.alpha <= 0:
            raise ValueError("alpha")

    def _table(self, texts):
        counted = [word_counts(text) for text in texts]
        return np.array([[counts.get(word, 0) for word in self.vocabulary] for counts in counted], dtype=float)

    def fit(self, texts, labels):
        y = np.array(labels, dtype=float)
        if y.shape != (len(texts),) or not np.isin(y, (0.0, 1.0)).all() or not 0 < y.sum() < len(y):
            raise ValueError("labels")
        self.vocabulary = list(dict.fromkeys(word for text in texts for word in word_counts(text)))
        X = self._table(texts)
        smooth = np.stack([(1 - y) @ X, y @ X]) + self.alpha
        self.weights = np.log(smooth / smooth.sum(axis=1, keepdims=True)).T
        self.start = np.log(np.array([len(y) - y.sum(), y.sum()]) / len(y))
        return self

    def predict_log_proba(self, texts):
        scores = self._table(texts) @ self.weights + self.start
        return scores - np.logaddexp.reduce(scores, axis=1)[:, np.newaxis]

    def predict(self, texts):
        difference = np.diff(self.predict_log_proba(texts), axis=1).ravel()
        return (difference > 0).astype(int)


# %%
@misconception(
    caught_by="ten_thousand_words_stay_finite",
    hint="The product of thousands of probabilities is 0 on a computer. Add logarithms instead.",
)
class MultipliesProbabilities:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.word = (counts + self.alpha) / (totals + self.alpha * len(vocabulary))
        self.prior = np.array([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] *= self.word[:, self.column[word]] ** count
        with np.errstate(all="ignore"):
            return np.log(joint / joint.sum(axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="ten_thousand_words_stay_finite",
    hint="exp of -10000 is 0, and the logarithm of 0 is no number. Subtract the maximum before you take exp.",
)
class LeavesTheLogarithmsTooEarly:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        with np.errstate(all="ignore"):
            return joint - np.log(np.sum(np.exp(joint), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="a_word_that_one_class_never_shows_keeps_both_possible",
    hint="One word that a class has never shown makes the class impossible. Add alpha to every count.",
)
class NoSmoothing:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        with np.errstate(divide="ignore"):
            self.log_word = np.log(counts / counts.sum(axis=1, keepdims=True))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        with np.errstate(invalid="ignore"):
            largest = joint.max(axis=1, keepdims=True)
            return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_log_probabilities_are_right",
    hint="You added alpha to V counts of a class, so the total of the class grows by alpha times V.",
)
class TotalWithoutAlpha:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        self.log_word = np.log(counts + self.alpha) - np.log(counts.sum(axis=1, keepdims=True))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_log_probabilities_are_right",
    hint="Alpha is added to every one of the V counts, so the total grows by alpha times V, not by alpha.",
)
class TotalGrowsByAlphaOnce:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha)
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="ham_is_more_common_in_the_example",
    hint="Spam may be rarer than ham. Start the sum with the logarithm of the probability of the class.",
)
class ForgetsThePrior:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_prior = np.log([0.5, 0.5])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_message_of_the_worked_example",
    hint="A word that no training message contains tells nothing here. Leave it out of the sum.",
)
class UnknownWordsCount:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_new = np.log(self.alpha) - np.log(totals[:, 0] + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
                else:
                    joint[i] += count * self.log_new
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_log_probabilities_are_right",
    hint="A word that occurs three times in a message counts three times, in training and in prediction.",
)
class EveryWordOnce:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += 1
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_log_probabilities_are_right",
    hint="V is the number of different words in all training messages, not only in those of the class.",
)
class VocabularyOfTheClassOnly:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals, own = counts.sum(axis=1, keepdims=True), (counts > 0).sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * own)
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_log_probabilities_are_right",
    hint="Divide by the number of words in the messages of the class, not by the number of its messages.",
)
class CountsOfMessagesNotOfWords:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        messages = np.array([[np.sum(labels == 0)], [np.sum(labels == 1)]])
        self.log_word = np.log(counts + self.alpha) - np.log(messages + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        largest = joint.max(axis=1, keepdims=True)
        return joint - largest - np.log(np.sum(np.exp(joint - largest), axis=1, keepdims=True))

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)


# %%
@misconception(
    caught_by="the_message_of_the_worked_example",
    hint="These are the logarithms of P(class and message). Divide by the sum of both, P(message).",
)
class JointInsteadOfPosterior:
    def __init__(self, alpha=1.0):
        if alpha <= 0:
            raise ValueError("alpha must be positive")
        self.alpha = alpha

    def fit(self, texts, labels):
        labels = np.asarray(labels)
        if labels.shape != (len(texts),) or set(labels.tolist()) != {0, 1}:
            raise ValueError("every text needs a label, and both labels 0 and 1 must occur")
        documents = [word_counts(text) for text in texts]
        vocabulary = sorted(set().union(*documents))
        self.column = {word: j for j, word in enumerate(vocabulary)}
        counts = np.zeros((2, len(vocabulary)))
        for document, label in zip(documents, labels):
            for word, count in document.items():
                counts[int(label), self.column[word]] += count
        totals = counts.sum(axis=1, keepdims=True)
        self.log_word = np.log(counts + self.alpha) - np.log(totals + self.alpha * len(vocabulary))
        self.log_prior = np.log([np.mean(labels == 0), np.mean(labels == 1)])
        return self

    def predict_log_proba(self, texts):
        joint = np.tile(self.log_prior, (len(texts), 1))
        for i, text in enumerate(texts):
            for word, count in word_counts(text).items():
                if word in self.column:
                    joint[i] += count * self.log_word[:, self.column[word]]
        return joint

    def predict(self, texts):
        return np.argmax(self.predict_log_proba(texts), axis=1)
