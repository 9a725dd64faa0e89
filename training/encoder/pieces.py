"""Words as the encoder reads them: WordPiece numbers and the case of each word."""

from tokenizers import Tokenizer

MOST_PIECES_A_WORD, MOST_PIECES = 12, 250
CLS, SEP, UNKNOWN, MASK = 101, 102, 100, 103


class Pieces:
    """The vocabulary of the base model, with the pieces of words already seen."""

    def __init__(self, path):
        self.tokenizer = Tokenizer.from_file(path)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.seen = {}

    def word(self, word):
        known = self.seen.get(word)
        if known is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids or [UNKNOWN]
            known = self.seen[word] = ids[:MOST_PIECES_A_WORD]
        return known

    def sentence(self, words):
        """Numbers and cases of the pieces and the place of each word's first piece; words past the limit are left out."""
        ids, cases, first = [CLS], [0], []
        for word in words:
            pieces = self.word(word)
            if len(ids) + len(pieces) > MOST_PIECES:
                break
            first.append(len(ids))
            ids += pieces
            cases += [case(word)] * len(pieces)
        return ids + [SEP], cases + [0], first


def case(word):
    """0 small, 1 Capitalized, 2 CAPITALS, 3 mIxed, 4 with digits, 5 without letters."""
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word.islower():
        return 0
    if len(word) > 1 and word.isupper():
        return 2
    if (word[0].isupper() and word[1:].islower()) or (len(word) == 1 and word.isupper()):
        return 1
    return 3
