"""The search behind mangled runs: bytes that were read one late, paired anew until they fall into step again.

From one start several guesses are followed side by side. Each is a text so far, its cost in bits, and the byte left
over for the next character. What the bytes leave open (a lost byte, a pair that the page does not show) is
enumerated, common characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from heapq import nlargest, nsmallest
from itertools import pairwise
from typing import NamedTuple

from . import gbk
from .likelihood import SIGN_BITS, Page, counts, surprise
from .readings import LETTERS, is_reading, plain_syllable
from .script import simplified_of
from .tables import characters_read

BEAM = 10  # guesses followed side by side
FINALISTS = 12  # guesses weighed by whole words
CONTEXT = 4  # characters on either side that are weighed with them
FEW = 3  # guesses tried with a vanished pair
LONGEST = 60  # tokens; a run ends at the next ASCII sign, hardly ever later
COMMONEST = 50  # characters tried between two vanished pairs
COMMON_BITS = 16.0  # the rarest character that is enumerated

# When to stop, and what to take.
GIVE_UP = 18.0  # bits that the best guess may lie behind the standing text on the way
TOO_FAR = 24.0  # bits that a guess may lie behind the best
POOR_STEP = 17.0  # a step that makes two vanished pairs in a row worth a thought
MARGIN = 8.0  # bits that a repair must gain
PER_CHARACTER = 16.0  # bits that a repaired character may cost on average: more is no text
AHEAD = 0.5  # bits that a repair must be ahead of the next best

# What guesses cost beside the text itself.
UNKNOWN_BITS = 2.0  # a byte that had to be guessed
MISSING_BITS = 1.0  # a pair that the page does not show
UNMARKED_BITS = 6.0  # a ? for a lost byte with no mark behind it
LOST_WHOLE_BITS = 11.0  # a character of which the page shows its reading only
FITTING_BITS = -4.0  # a reading that its character has
CLOSES_BITS = -3.0  # a closing mark where one is open
CLOSES_NOTHING_BITS = 1.0
OPENS_TWICE_BITS = 5.0
MARK_ON_MARK_BITS = 12.0  # 。、 and other marks that do not follow each other
ENDS_OPEN_BITS = 10.0  # “ or 、 before the end of a line
# What damage left standing costs.
BROKEN_READING_BITS = 30.0  # a bracket without its beginning
MISFIT_BITS = 16.0  # a reading that its character does not have
LOST_BYTE_BITS = 8.0  # a ? before another mark
LONE_LETTER_BITS = 7.0  # 睖O口

MARKS = "!！?？;；,，:："
SYLLABLE = rf"[{LETTERS}]{{1,7}}"
TOKEN = re.compile(rf"\?(?P<broken>{SYLLABLE})[)）]|[(（](?P<reading>{SYLLABLE})[)）]|(?P<plain>[^\n])")
BRACKETS = re.compile(rf"\(?{SYLLABLE}[)）]|<[^<>]*>")
QUOTES = {"“": "”", "《": "》", "‘": "’", "『": "』", "「": "」", "〈": "〉", "【": "】"}
CLOSING = {closing: opening for opening, closing in QUOTES.items()}
COMMON_SIGNS = "。、，：；！？“”《》—…（）％"
UNFOLLOWED = re.compile(r"[。，、；：！？“《‘,;:!?\n][。，、；：！？—]")
OPENING = "“《‘、，："
TAG_REST = re.compile(r"/?[A-Za-z][A-Za-z0-9]*\s*/?>")
BRACKET_REST = re.compile(r"[^()（）?,;:!\n][^()（）?\n]{0,30}[)）]")
LINE_REST = re.compile(r"<?/?(?:p|br|div|li|td|h\d)\b|\s*(?:\n|\Z)", re.IGNORECASE)
LOST_BEFORE_MARK = re.compile(r"\?[;,:；，：]|[^?？]\?[!！]")
LONE_LETTER = re.compile(r"[㐀-鿿,!?;:][@-~][㐀-鿿(]")


class Token(NamedTuple):
    """One piece of the page as shown: a character, a reading, or `?reading)` with its bracket swallowed."""

    start: int
    end: int
    text: str
    reading: str = ""
    broken: bool = False


class Guess(NamedTuple):
    """What the bytes so far may have been: cost in bits, text, the byte left over (None: in step again)."""

    cost: float
    text: str
    pending: int | None


class Found(NamedTuple):
    """A guess that fell into step: bits gained over what stands, tokens read, text, cost in bits."""

    gain: float
    length: int
    text: str
    cost: float


HOPELESS = Guess(float("inf"), "", None)
Option = tuple[int, str]  # a byte and a character that has it


def simplified(text: str) -> str:
    """Return the text character for character in simplified script; good enough to look words up."""
    return "".join(map(_simple, text))


def _simple(character: str) -> str:
    return simplified_of().get(character, character)


@cache
def common_by_lead() -> dict[int, list[Option]]:
    """Return lead byte → (second byte, character) of its common characters."""
    return {
        lead: [option for option in options if _is_common(option[1])]
        for lead, options in gbk.by_lead().items()
    }


@cache
def common_by_second() -> dict[int, list[Option]]:
    """Return second byte → (lead byte, character) of its common characters."""
    return {
        byte: [option for option in options if _is_common(option[1])]
        for byte, options in gbk.by_second().items()
    }


@cache
def opening_vanished() -> dict[int, list[Option]]:
    """Return lead byte → (second byte, character) of common characters whose second byte opens pairs that vanish."""
    return {
        lead: [option for option in options if option[0] in gbk.VANISHING_LEADS]
        for lead, options in common_by_lead().items()
    }


@cache
def between_vanished(first: int) -> list[Option]:
    """Return the commonest characters that end a vanished pair begun by `first` and open another one."""
    leads = [lead for lead in opening_vanished() if (first, lead) in gbk.vanishing()]
    options = [option for lead in leads for option in opening_vanished()[lead]]
    return nlargest(COMMONEST, options, key=lambda option: counts().inside.get(_simple(option[1]), 0.0))


@cache
def closing_vanished(first: int, second: int) -> list[str]:
    """Return common characters with this second byte whose lead byte ends a vanished pair begun by `first`."""
    options = common_by_second().get(second, ())
    return [character for lead, character in options if (first, lead) in gbk.vanishing()]


def _is_common(character: str) -> bool:
    stands = counts().inside.get(_simple(character))
    return character in COMMON_SIGNS if stands is None else counts().words - stands < COMMON_BITS


def read_tokens(text: str, start: int) -> list[Token]:
    """Return the tokens from a place to the end of its line, at most LONGEST."""
    tokens: list[Token] = []
    while len(tokens) < LONGEST and (match := TOKEN.match(text, start)):
        reading = match["broken"] or match["reading"] or ""
        tokens.append(Token(*match.span(), match["plain"] or "", reading, bool(match["broken"])))
        start = match.end()
    return tokens


class Search:
    """The guesses that start at one place of a text."""

    def __init__(self, text: str, page: Page, start: int) -> None:
        self.text, self.page, self.start = text, page, start
        self.tokens = read_tokens(text, start)
        self.head = BRACKETS.sub("", text[max(start - 20, 0) : start].rpartition("\n")[2])[-CONTEXT:]
        self.previous = self.head[-1:] or "\n"
        line = text[text.rfind("\n", 0, start) + 1 : start]
        self.quotes = "".join(character for character in line if character in QUOTES or character in CLOSING)
        self.standing = self._standing_bits()

    def best(self) -> tuple[int, str] | None:
        """Return end and text of the likeliest reading, if it is clearly likelier than what stands."""
        found = {(one.length, one.text): one for one in self._finished()}
        finalists = nlargest(FINALISTS, found.values())
        if not finalists or finalists[0].gain < MARGIN:
            return None
        horizon = max(one.length for one in finalists)
        ranked = sorted((self._bits_by_words(one, horizon), one) for one in finalists)
        if not self._is_clear(ranked):
            return None
        return self.tokens[ranked[0][1].length - 1].end, ranked[0][1].text

    def _is_clear(self, ranked: list[tuple[float, Found]]) -> bool:
        """True where the first is text, far likelier than what stands and likelier than the second.

        Question marks alone tell too little.
        """
        best = ranked[0][1]
        if all(token.text == "?" for token in self.tokens[: best.length]):
            return False
        ahead = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else AHEAD
        return best.gain >= MARGIN and ahead >= AHEAD and best.cost < PER_CHARACTER * (len(best.text) + 1)

    def _bits_by_words(self, found: Found, horizon: int) -> float:
        """Return the bits of what a find makes of the text, by whole words, up to a little past the horizon."""
        end, last = self.tokens[found.length - 1].end, self.tokens[horizon - 1].end
        tail = BRACKETS.sub("", self.text[end : last + CONTEXT].partition("\n")[0])
        text = simplified(found.text.rstrip("<("))
        by_pairs = sum(surprise(before, after) for before, after in pairwise(_simple(self.previous) + text))
        return found.cost - by_pairs + self.page.words_bits(simplified(self.head) + text + simplified(tail))

    def _finished(self) -> Iterator[Found]:
        """Yield the guesses that fell into step."""
        for length, beam in self._starts():
            place = length
            if any(guess.pending is None for guess in beam):
                yield from (self._settled(guess, place) for guess in beam)
                continue
            while beam and place < len(self.tokens) and beam[0].cost < self.standing[place] + GIVE_UP:
                yield from (self._settled(new, place) for guess in beam for new in self._closed_unseen(guess))
                follow = self._follow(beam, place)
                place += 1
                in_step = nsmallest(FINALISTS, (guess for guess in follow if guess.pending is None))
                yield from (self._settled(guess, place) for guess in in_step)
                beam = self._likeliest([guess for guess in follow if guess.pending is not None], place)

    def _starts(self) -> Iterator[tuple[int, list[Guess]]]:
        """Yield how many tokens a kind of start takes, and its guesses."""
        first, second = (*self.tokens, Token(0, 0, "", ""), Token(0, 0, "", ""))[:2]
        if first.broken:
            yield 1, self._across(first.reading)
            yield 1, self._lost_whole(first.reading)
            return
        if first.text == "?" and (pair := gbk.byte_pair(second.text)):
            yield 2, self._lost_lead(pair, 0.0 if second.text in MARKS else UNMARKED_BITS)
            if second.text in MARKS and second.text not in "?？":
                return  # the ? is the lost byte: it hides no mark before a mark
        if pair := gbk.byte_pair(first.text):
            yield 1, self._lost_lead(pair, 0.0)

    def _lost_lead(self, pair: tuple[int, int], bits: float) -> list[Guess]:
        """Return the characters whose lead byte was lost and whose second byte is the first of the pair shown."""
        start = Guess(UNKNOWN_BITS + bits, "", None)
        return nsmallest(BEAM, self._add(start, (c for _, c in gbk.by_second()[pair[0]]), pair[1]))

    def _across(self, reading: str) -> list[Guess]:
        """Return the bytes that a reading was put behind: the second of the character that it names."""
        pair = gbk.byte_pair(self.previous)
        matched = gbk.by_lead().get(pair[1], ()) if pair else ()
        return [Guess(0.0, "", second) for second, character in matched if is_reading(character, reading)]

    def _lost_whole(self, reading: str) -> list[Guess]:
        """Return the characters that are read so, for one of which nothing else is left."""
        readers = characters_read().get(plain_syllable(reading), "")
        return list(self._add(Guess(LOST_WHOLE_BITS, "", None), readers, None))

    def _follow(self, beam: list[Guess], place: int) -> list[Guess]:
        """Return what the next token makes of the guesses, if need be with pairs before it that vanished."""
        follow = [new for guess in beam for new in self._read(guess, place)]
        missing = [new for guess in beam[:FEW] for new in self._missing_one(guess)]
        follow += self._read_after_missing(missing, place)
        if min(follow, default=HOPELESS).cost - beam[0].cost > POOR_STEP:
            missing = nsmallest(FEW * FEW, (new for guess in missing for new in self._missing_two(guess)))
            follow += self._read_after_missing(missing, place)
        return follow

    def _likeliest(self, guesses: list[Guess], place: int) -> list[Guess]:
        """Return the best guesses, cheapest first, by their cost and that of the character each would have next."""
        limit = min(guesses, default=HOPELESS).cost + TOO_FAR
        guesses = [guess for guess in guesses if guess.cost < limit]
        pair = gbk.byte_pair(self.tokens[place].text) if place < len(self.tokens) else None
        if pair:
            guesses = nsmallest(BEAM, guesses, key=lambda guess: guess.cost + self._next_bits(guess, pair[0]))
        return nsmallest(BEAM, guesses)

    def _next_bits(self, guess: Guess, second: int) -> float:
        character = gbk.characters().get((guess.pending, second))
        return min(self.page.bits(_simple(guess.text[-1:]), character), SIGN_BITS) if character else SIGN_BITS

    def _read(self, guess: Guess, place: int) -> Iterator[Guess]:
        """Yield what the next token makes of a guess."""
        token = self.tokens[place]
        if token.broken:
            yield from self._closed_by_reading(guess, token.reading)
        elif token.reading:
            yield guess._replace(cost=guess.cost + UNKNOWN_BITS)
        else:
            yield from self._closed(guess, token)
            pair = gbk.byte_pair(token.text)
            if pair and (character := gbk.characters().get((guess.pending, pair[0]))):
                yield from self._add(guess, character, pair[1])

    def _closed_by_reading(self, guess: Guess, reading: str) -> Iterator[Guess]:
        """Yield characters that begin with the byte left over and are read so: 內 for ?nèi)."""
        options = gbk.by_lead().get(guess.pending, ())
        readers = (character for _, character in options if is_reading(character, reading))
        return self._add(guess._replace(cost=guess.cost + FITTING_BITS), readers, None)

    def _closed(self, guess: Guess, token: Token) -> Iterator[Guess]:
        """Yield the guess in step again: by a second byte below 0x80, or by half a character at a tag or mark."""
        byte = 0x80 if token.text == "€" else ord(token.text)
        if byte <= 0x80 and (character := gbk.characters().get((guess.pending, byte))):
            yield from self._add(guess, character, None)
        if token.text == "?":
            swallowed = self._swallowed(token.end)
            options = common_by_lead().get(guess.pending, ())
            halves = self._add(guess._replace(cost=guess.cost + UNKNOWN_BITS), (c for _, c in options), None)
            yield from (new._replace(text=new.text + swallowed) for new in halves)

    def _closed_unseen(self, guess: Guess) -> Iterator[Guess]:
        """Yield the guess in step again by the byte 0x80, the second of 個, which a page shows as nothing."""
        if character := gbk.characters().get((guess.pending, 0x80)):
            yield from self._add(guess, character, None)

    def _swallowed(self, end: int) -> str:
        """Return what half a character took along: the < of a tag, or a bracket that closes but does not open."""
        if TAG_REST.match(self.text, end):
            return "<"
        return "(" if BRACKET_REST.match(self.text, end) else ""

    def _missing_one(self, guess: Guess) -> list[Guess]:
        """Return guesses a character further on, left with the first byte of a pair that the page does not show."""
        return self._missing(guess, opening_vanished().get(guess.pending, ()))

    def _missing_two(self, guess: Guess) -> list[Guess]:
        """Return the same for a guess that is left with such a byte already: two pairs in a row vanished."""
        return self._missing(guess, between_vanished(guess.pending))

    def _missing(self, guess: Guess, options: Iterable[Option]) -> list[Guess]:
        lost = guess._replace(cost=guess.cost + MISSING_BITS)
        return sorted(new for second, character in options for new in self._add(lost, character, second))[
            :FEW
        ]

    def _read_after_missing(self, guesses: Iterable[Guess], place: int) -> Iterator[Guess]:
        """Yield what the next token makes of guesses left with the first byte of a vanished pair."""
        shown = self.tokens[place].text
        pair = gbk.byte_pair(shown) if shown else None
        second, pending = pair or (ord(shown) if shown.isascii() and shown else 0, None)
        for guess in guesses:
            yield from self._add(guess, closing_vanished(guess.pending, second), pending)

    def _add(self, guess: Guess, characters: Iterable[str], pending: int | None) -> Iterator[Guess]:
        """Yield the guess with each of the characters added."""
        before, bits = _simple(guess.text[-1:] or self.previous), self.page.bits
        for character in characters:
            cost = guess.cost + bits(before, character)
            if character < "㐀":
                cost += self._mark_bits(before, character, guess.text)
            yield Guess(cost, guess.text + character, pending)

    def _mark_bits(self, before: str, mark: str, text: str) -> float:
        """Return extra bits for a mark: quotation marks should balance, clause marks stand alone."""
        if UNFOLLOWED.fullmatch(before + mark):
            return MARK_ON_MARK_BITS
        opening, quotes = CLOSING.get(mark, mark), self.quotes + text
        if opening not in QUOTES:
            return 0.0
        is_open = quotes.rfind(opening) > quotes.rfind(QUOTES[opening])
        if mark in CLOSING:
            return CLOSES_BITS if is_open else CLOSES_NOTHING_BITS
        return OPENS_TWICE_BITS if is_open else 0.0

    def _settled(self, guess: Guess, length: int) -> Found:
        """Return a guess in step with the reading behind it, and its gain with what follows counted in."""
        last, cost = guess.text.rstrip("<(")[-1], guess.cost
        if length < len(self.tokens) and self.tokens[length].reading and not self.tokens[length].broken:
            cost += FITTING_BITS if is_reading(last, self.tokens[length].reading) else MISFIT_BITS
            length += 1
        if last in OPENING and self._ends_line(length):
            cost += ENDS_OPEN_BITS
        gain = self.standing[length] - cost
        if length < len(self.tokens) and (following := self.tokens[length].text):
            gain += (
                self.standing[length + 1] - self.standing[length] - self.page.bits(_simple(last), following)
            )
        return Found(gain, length, guess.text, cost)

    def _ends_line(self, length: int) -> bool:
        return LINE_REST.match(self.text, self.tokens[length - 1].end) is not None

    def _standing_bits(self) -> list[float]:
        """Return what the tokens cost as they stand, summed up to each."""
        totals, before = [0.0], _simple(self.previous)
        for token in self.tokens:
            if token.broken:
                bits = BROKEN_READING_BITS
            elif token.reading:
                bits = 0.0 if is_reading(self.text[token.start - 1], token.reading) else MISFIT_BITS
            else:
                bits = self.page.bits(before, token.text) + self._oddity(token)
                before = _simple(token.text)
            totals.append(totals[-1] + bits)
        return totals

    def _oddity(self, token: Token) -> float:
        """Return extra bits for what only damage leaves: a ? before another mark, a letter alone among Chinese."""
        around = self.text[token.start - 1 : token.end + 1] if token.start else ""
        if token.text == "?" and LOST_BEFORE_MARK.search(around):
            return LOST_BYTE_BITS
        return LONE_LETTER_BITS if LONE_LETTER.fullmatch(around) else 0.0
