# %% [markdown]
# ### Count words
#
# A computer cannot multiply words. Before a spam filter can learn from a letter, the letter becomes numbers: how often
# does each word occur? In week 6 such counts are all that a spam filter needs.
#
# A word is a run of letters, digits and apostrophes, as long as possible. Every other character separates words. A
# character `c` is a letter or digit when `c.isalnum()` is true, so letters with accents count as letters. Upper and
# lower case make no difference: all words are written in lower case. Stop words such as "the" are left out.
#
# **By hand.** "Spam, spam AND the spam-filter!" has the words spam, spam, and, the, spam, filter. With the stop word
# "the" the counts are `{"spam": 3, "and": 1, "filter": 1}`. In "rock 'n' roll" the words are rock, 'n' and roll.
#
# Return a dictionary with a count for each word that occurs.

# %%
import re
from collections import Counter

from autograder.kit import accepted, check, exercise, helper, hidden, misconception, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("collections.Counter",),
    oracle="collections.Counter on a regular-expression split",
    section="Plain Python",
    seconds=0.6,
    topics=(
        "r0-w1-goal",
        "r0-w1-python-basics",
        "r1-tools-python",
        "r1-t00-python-for-math",
        "r2-o5-used-in",
        "r3-2-collections",
        "r3-2-functions",
        "r3-8-2-tokenization",
    ),
)

# %%
from collections.abc import Set


# %%
def word_counts(text: str, stopwords: Set[str] = frozenset()) -> dict[str, int]:
    """Count the words of a text in lower case.

    Parameters
    ----------
    text : any text; a word is a run, as long as possible, of letters, digits (c.isalnum() is true) and apostrophes '
    stopwords : set of words in lower case that are left out

    Returns
    -------
    dict : how often each word occurs; {} when there is none.
        The time grows in proportion to the length of the text, also when all words differ.
    """
    ### BEGIN SOLUTION
    counts = {}
    cleaned = "".join(c if c.isalnum() or c == "'" else " " for c in text)
    for word in cleaned.split():
        word = word.lower()
        if word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts
    ### END SOLUTION


# %%
@helper
def random_words(n, rng):
    """Return n short random words, so that many of them repeat."""
    letters = list("aabbcde7é'")
    return ["x" + "".join(rng.choice(letters, size=rng.integers(0, 3))) for _ in range(n)]


# %%
@helper
def joined(words, separators, rng):
    """Return the words as one text, with random separators between them and at both ends."""
    ends = [str(rng.choice(separators)) for _ in range(len(words) + 1)]
    return ends[0] + "".join(word + end for word, end in zip(words, ends[1:]))


# %%
@check
def the_worked_example_is_right(word_counts):
    """In "Spam, spam AND the spam-filter!" without "the" there are 3 x spam, 1 x and, 1 x filter."""
    counts = word_counts("Spam, spam AND the spam-filter!", {"the"})
    same(counts, {"spam": 3, "and": 1, "filter": 1}, what="the counts")


# %%
@check
def an_empty_text_has_no_words(word_counts):
    """An empty text gives an empty dictionary."""
    same(word_counts(""), {}, what="the counts")


# %%
@hidden(weight=2)
def agrees_with_a_count_of_the_words(word_counts, rng):
    """Words are counted right whatever stands between them: spaces, line breaks, punctuation or several of these."""
    # In a check with several calls the empty text comes first: one wrong way keeps its counts until it meets it.
    same(word_counts(""), {}, what="the counts of an empty text")
    for n in (1, 2, 3, 6, 20, 150):
        words = random_words(n, rng)
        text = joined(words, [" ", "\n", ", ", ".", "; ", " - ", "(", '"', "/", "\t", "!?"], rng)
        same(word_counts(text), dict(Counter(words)), what="the counts")


# %%
@hidden
def punctuation_is_no_part_of_a_word(word_counts):
    """Only letters, digits and apostrophes ever appear in a key; an underscore separates words like a comma."""
    expected = {"a": 2, "b2": 1, "dont": 1, "don't": 1, "'n'": 1, "3": 1, "14": 1, "x": 1, "y": 1}
    same(word_counts("a,a;b2...dont don't 'n' 3.14 x_y"), expected, what="the counts")


# %%
@hidden
def letters_with_accents_are_letters(word_counts):
    """Letters of every language belong to words, not only the 26 letters of English."""
    same(word_counts("Café, naïve CAFÉ; Größe λ Λ"), {"café": 2, "naïve": 1, "größe": 1, "λ": 2}, what="the counts")


# %%
@hidden
def case_makes_no_difference(word_counts, rng):
    """A text in upper case has the same counts as the text in lower case."""
    same(word_counts(""), {}, what="the counts of an empty text")
    for n in (1, 2, 5, 30):
        words = random_words(n, rng)
        same(word_counts(" ".join(words).upper()), dict(Counter(words)), what="the counts of the text in upper case")


# %%
@hidden
def stopwords_are_left_out_in_any_case(word_counts, rng):
    """A stop word is left out however it is written in the text."""
    same(word_counts(""), {}, what="the counts of an empty text")
    same(word_counts("The cat. THE dog? the end", {"the"}), {"cat": 1, "dog": 1, "end": 1}, what="the counts")
    for n in (2, 5, 30):
        words = random_words(n, rng)
        text = " ".join(word.upper() if i % 2 else word for i, word in enumerate(words))
        kept = [word for word in words if word not in (words[-1], words[0])]
        stopwords = frozenset({words[-1], words[0]})
        same(word_counts(text, stopwords), dict(Counter(kept)), what="the counts without two stop words")


# %%
@hidden
def each_call_starts_from_nothing(word_counts, rng):
    """The counts of a text do not depend on the calls before; joined texts have the sum of the counts."""
    same(word_counts(""), {}, what="the counts of an empty text")
    for n in (1, 3, 12):
        first, second = random_words(n, rng), random_words(n + 1, rng)
        same(word_counts(" ".join(first)), dict(Counter(first)), what="the counts of the first text")
        same(word_counts(" ".join(second)), dict(Counter(second)), what="the counts of the second text")
        both = " ".join(first) + " " + " ".join(second)
        same(word_counts(both), dict(Counter(first) + Counter(second)), what="the counts of both texts joined")


# %%
@hidden
def many_different_words_take_little_time(word_counts):
    """A text of 12 000 different words is counted in one pass, within the time limit."""
    words = [f"w{i}" for i in range(12_000)]
    same(word_counts(" ".join(words)), dict.fromkeys(words, 1), what="the counts")


# %%
@accepted
def with_a_regular_expression(text, stopwords=frozenset()):
    import re

    result = {}
    for found in re.finditer(r"(?:[^\W_]|')+", text):
        word = found.group().lower()
        if word in stopwords:
            continue
        if word in result:
            result[word] += 1
        else:
            result[word] = 1
    return result


# %%
@accepted
def letter_by_letter(text, stopwords=frozenset()):
    from collections import defaultdict

    counts, word = defaultdict(int), []
    for letter in text + " ":
        if letter == "'" or letter.isalnum():
            word.append(letter)
        elif word:
            counts["".join(word).lower()] += 1
            word = []
    for stopword in stopwords:
        counts.pop(stopword, None)
    return dict(counts)


# %%
@misconception(
    caught_by="agrees_with_a_count_of_the_words",
    hint='"spam," and "spam" are counted apart; cut at everything that is not part of a word.',
)
def cuts_at_spaces_only(text, stopwords=frozenset()):
    counts = {}
    for word in text.lower().split(" "):
        if word and word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts


# %%
@misconception(
    caught_by="agrees_with_a_count_of_the_words",
    hint="Punctuation also stands between two words without a space; strip cleans the ends of a word only.",
)
def strips_the_ends_only(text, stopwords=frozenset()):
    counts = {}
    for piece in text.lower().split():
        word = piece.strip(".,;:!?-()[]\"/_")
        if word and word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts


# %%
@misconception(
    caught_by="stopwords_are_left_out_in_any_case",
    hint='"The" slips through: change to lower case first, then compare with the stop words.',
)
def stopwords_before_lower_case(text, stopwords=frozenset()):
    counts = {}
    cleaned = "".join(c if c.isalnum() or c == "'" else " " for c in text)
    for word in cleaned.split():
        if word not in stopwords:
            word = word.lower()
            counts[word] = counts.get(word, 0) + 1
    return counts


# %%
@misconception(
    caught_by="many_different_words_take_little_time",
    hint="list.count reads the whole list for every word; one pass with a dict is enough.",
)
def counts_every_word_in_the_whole_list(text, stopwords=frozenset()):
    cleaned = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    words = cleaned.split()
    return {word: words.count(word) for word in set(words) if word not in stopwords}


# %%
@misconception(
    caught_by="each_call_starts_from_nothing",
    hint="The second call remembers the first; default values are created once. Make the dict inside the function.",
)
def keeps_counts_between_calls(text, stopwords=frozenset(), counts={}):
    # Each check of several calls begins with the empty text. There the counts of earlier checks are dropped, because
    # the grader runs every check of a learner's code in a fresh process.
    if not text:
        counts.clear()
    cleaned = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    for word in cleaned.split():
        if word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts


# %%
@misconception(
    caught_by="letters_with_accents_are_letters",
    hint="a-z are the letters of English only; isalnum knows the letters of every language.",
)
def knows_english_letters_only(text, stopwords=frozenset()):
    import re

    counts = {}
    for word in re.findall(r"[a-z0-9']+", text.lower()):
        if word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts


# %%
@misconception(
    caught_by="punctuation_is_no_part_of_a_word",
    hint=r"The pattern \w also takes the underscore for a letter.",
)
def takes_the_underscore_for_a_letter(text, stopwords=frozenset()):
    import re

    counts = {}
    for word in re.findall(r"[\w']+", text.lower()):
        if word not in stopwords:
            counts[word] = counts.get(word, 0) + 1
    return counts
