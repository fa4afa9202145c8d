"""The search behind mangled runs: bytes that were read one late, paired anew until they fall into step again.

From one start several guesses are followed side by side. Each is a text so far, its cost in bits, and the byte left
over for the next character. What the bytes leave open (a lost byte, a pair that the page does not show) is
enumerated, common characters only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from . import gbk
from .likelihood import SIGN_BITS, Page, counts, simplified, surprise
from .readings import LETTERS, characters_read_as, is_reading, plain_syllable
from .script import simplified_of
from .tables import characters_read

BEAM = 10  # guesses followed side by side
CLOSE_BEHIND = 10.0  # bits of gain by which whole words may turn the order of guesses
FINALISTS = 12  # guesses weighed by whole words
CONTEXT = 4  # characters on either side that are weighed with them
FEW = 3  # guesses tried with a vanished pair
LONGEST = 60  # tokens; a run ends at the next ASCII sign, hardly ever later
COMMONEST = 50  # characters tried between two vanished pairs
COMMON_BITS = 16.0  # the rarest character that is enumerated

# When to stop, and what to take.
GIVE_UP = 5.0  # bits that the best guess may lie behind the standing text on the way
TOO_FAR = 12.0  # bits that a guess may lie behind the best
HARDLY_MISSING = 6.0  # bits by which a guess with a vanished pair may be dearer than one without
POOR_STEP = 20.0  # a step that makes two vanished pairs in a row worth a thought
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

INFINITE = float("inf")
AFTER_ASCII = "\x80"
MARKS = "!！?？;；,，:："
SYLLABLE = rf"[{LETTERS}]{{1,7}}"
TOKEN = re.compile(rf"\?(?P<broken>{SYLLABLE})[)）]|[(（](?P<reading>{SYLLABLE})[)）]|(?P<plain>[^\n])")
BRACKETS = re.compile(rf"\(?{SYLLABLE}[)）]|<[^<>]*>")
QUOTES = {"“": "”", "《": "》", "‘": "’", "『": "』", "「": "」", "〈": "〉", "【": "】"}
CLOSING = {closing: opening for opening, closing in QUOTES.items()}
QUOTATION = re.compile(f"[{''.join((*QUOTES, *CLOSING))}]")
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


NO_TOKEN = Token(0, 0, "")


class Found(NamedTuple):
    """A guess that fell into step: bits gained over what stands, tokens read, text, cost in bits."""

    gain: float
    length: int
    text: str
    cost: float


# What the bytes so far may have been: cost in bits, text, the byte left over (None: in step again). A bare tuple,
# since a run makes a thousand of them.
Guess = tuple[float, str, int | None]


class Options(NamedTuple):
    """Characters to try, and beside each the byte of it that tells it from the others."""

    bytes: bytes
    characters: tuple[str, ...]  # not one string, of which each would be made and hashed anew


NO_OPTIONS = Options(b"", ())


def _simple(character: str) -> str:
    return simplified_of().get(character, character)


@cache
def common_by_lead() -> dict[int, Options]:
    """Return lead byte → second bytes and characters, common ones."""
    return {lead: options_of(row.items()) for lead, row in gbk.by_lead().items()}


@cache
def common_by_second() -> dict[int, Options]:
    """Return second byte → lead bytes and characters, common ones."""
    return {second: options_of(row.items()) for second, row in gbk.by_second().items()}


@cache
def unseen_by_lead() -> dict[int, str]:
    """Return lead byte → common character whose second byte is 0x80."""
    return dict(zip(*common_by_second()[0x80], strict=True))


@cache
def opening_vanished() -> dict[int, Options]:
    """Return lead byte → the common characters whose second byte opens pairs that vanish."""
    return {
        lead: options_of(option for option in row.items() if option[0] in gbk.VANISHING_LEADS)
        for lead, row in gbk.by_lead().items()
    }


@cache
def between_vanished(first: int) -> Options:
    """Return the commonest characters that end a vanished pair begun by `first` and open another one."""
    leads = [lead for lead in opening_vanished() if (first, lead) in gbk.vanishing()]
    pairs = [pair for lead in leads for pair in zip(*opening_vanished()[lead], strict=True)]
    return options_of(nlargest(COMMONEST, pairs, key=lambda pair: counts().inside.get(_simple(pair[1]), 0.0)))


@cache
def closing_vanished(first: int, second: int) -> tuple[str, ...]:
    """Return common characters with this second byte whose lead byte ends a vanished pair begun by `first`."""
    options = common_by_second().get(second, NO_OPTIONS)
    return tuple(c for lead, c in zip(*options, strict=True) if (first, lead) in gbk.vanishing())


def options_of(pairs: Iterable[tuple[int, str]]) -> Options:
    """Return the common characters among pairs of a byte and a character."""
    common = [(byte, character) for byte, character in pairs if _is_common(character)]
    return Options(bytes(byte for byte, _ in common), tuple(character for _, character in common))


def _is_common(character: str) -> bool:
    stands = counts().inside.get(_simple(character))
    return character in COMMON_SIGNS if stands is None else counts().words - stands < COMMON_BITS


def read_tokens(text: str, start: int) -> Iterator[Token]:
    """Yield the tokens from a place to the end of its line, at most LONGEST."""
    end = text.find("\n", start)
    return map(_token, islice(TOKEN.finditer(text, start, end if end >= 0 else len(text)), LONGEST))


def _token(match: re.Match[str]) -> Token:
    kind, (start, end) = match.lastgroup, match.span()
    if kind == "plain":
        return Token(start, end, match[0])
    return Token(start, end, "", match[kind], kind == "broken")


def _lowest_cost(guesses: list[Guess]) -> float:
    return min(guesses)[0] if guesses else INFINITE


def _cheapest(guesses: list[Guess], many: int) -> list[Guess]:
    """Return the first of the guesses in their order: only as many are put in order."""
    if len(guesses) > many:
        limit = sorted([cost for cost, _, _ in guesses])[many - 1]
        guesses = [guess for guess in guesses if guess[0] <= limit]
    return sorted(guesses)[:many]


def _ascii_byte(shown: str) -> int:
    """Return the byte of an ASCII sign, or of €, as which pages show 0x80; 0 for anything else."""
    return ord(shown) if shown and shown < AFTER_ASCII else 0x80 if shown == "€" else 0


class Search:
    """The guesses that start at one place of a text."""

    def __init__(self, text: str, page: Page, start: int) -> None:
        self.text, self.page, self.start = text, page, start
        self._after, self._first_bits = page.after, page.first_bits
        self.tokens: list[Token] = []  # as far as they were asked for
        self._further = read_tokens(text, start)
        self.head = BRACKETS.sub("", text[max(start - 20, 0) : start].rpartition("\n")[2])[-CONTEXT:]
        self.previous = self.head[-1:] or "\n"
        self._standing = [0.0]

    @cached_property
    def quotes(self) -> str:
        """The quotation marks before the run, in its line."""
        return "".join(QUOTATION.findall(self.text, self.text.rfind("\n", 0, self.start) + 1, self.start))

    def token(self, place: int) -> Token | None:
        """Return one of the tokens, None behind the last."""
        while len(self.tokens) <= place:
            token = next(self._further, None)
            if token is None:
                return None
            self.tokens.append(token)
        return self.tokens[place]

    def best(self) -> tuple[int, str] | None:
        """Return end and text of the likeliest reading, if it is clearly likelier than what stands."""
        found = {(one.length, one.text): one for one in self._finished()}
        finalists = sorted(found.values(), reverse=True)[:FINALISTS]
        if not finalists or finalists[0].gain < MARGIN:
            return None
        finalists = [one for one in finalists if one.gain > finalists[0].gain - CLOSE_BEHIND]
        ranked = self._ranked_by_words(finalists)
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

    def _ranked_by_words(self, finalists: list[Found]) -> list[tuple[float, Found]]:
        """Return bits and finds in their order; one alone has no other to be weighed against."""
        if len(finalists) == 1:
            return [(0.0, finalists[0])]
        head = simplified(self.head)
        tails = self._tails({one.length for one in finalists})
        return sorted((self._bits_by_words(one, head, tails[one.length]), one) for one in finalists)

    def _tails(self, lengths: set[int]) -> dict[int, str]:
        """Return what stands behind so many tokens, up to a little past the longest, simplified."""
        horizon = self.tokens[max(lengths) - 1].end + CONTEXT
        shown = {length: self.text[self.tokens[length - 1].end : horizon] for length in lengths}
        return {
            length: simplified(BRACKETS.sub("", tail.partition("\n")[0])) for length, tail in shown.items()
        }

    def _bits_by_words(self, found: Found, head: str, tail: str) -> float:
        """Return the bits of what a find makes of the text between head and tail, by whole words."""
        text = simplified(found.text.rstrip("<("))
        by_pairs = sum(map(surprise, _simple(self.previous) + text, text))
        return found.cost - by_pairs + self.page.words_bits(head + text + tail)

    def _finished(self) -> Iterator[Found]:
        """Yield the guesses that fell into step."""
        for length, beam in self._starts():
            place = length
            if any(pending is None for _, _, pending in beam):
                yield from self._settled(beam, place)
                continue
            while beam and (token := self.token(place)) and beam[0][0] < self._standing_to(place) + GIVE_UP:
                yield from self._settled(self._closed_unseen(beam), place)
                follow = self._follow(beam, token)
                place += 1
                in_step = [guess for guess in follow if guess[2] is None]
                yield from self._settled(_cheapest(in_step, FINALISTS), place)
                beam = self._likeliest([guess for guess in follow if guess[2] is not None], place)

    def _starts(self) -> Iterator[tuple[int, list[Guess]]]:
        """Yield how many tokens a kind of start takes, and its guesses."""
        first, second = self.token(0) or NO_TOKEN, self.token(1) or NO_TOKEN
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
        characters = gbk.by_second().get(pair[0], {}).values()
        return self._add_cheapest((UNKNOWN_BITS + bits, "", None), characters, pair[1], BEAM)

    def _across(self, reading: str) -> list[Guess]:
        """Return the bytes that a reading was put behind: the second of the character that it names."""
        pair = gbk.byte_pair(self.previous)
        matched = gbk.by_lead().get(pair[1], {}) if pair else {}
        readers = characters_read_as(reading)
        return [(0.0, "", second) for second, character in matched.items() if character in readers]

    def _lost_whole(self, reading: str) -> list[Guess]:
        """Return the characters that are read so, for one of which nothing else is left."""
        readers = characters_read().get(plain_syllable(reading), "")
        return self._add((LOST_WHOLE_BITS, "", None), readers, None)

    def _follow(self, beam: list[Guess], token: Token) -> list[Guess]:
        """Return what the next token makes of the guesses, if need be with pairs before it that vanished."""
        follow = self._read(beam, token)
        limit, opening = _lowest_cost(follow) + HARDLY_MISSING, opening_vanished()
        missing = [new for guess in beam[:FEW] for new in self._missing(guess, opening[guess[2]], limit)]
        follow += self._read_after_missing(missing, token)
        if _lowest_cost(follow) - beam[0][0] > POOR_STEP:
            missing = [new for guess in missing for new in self._missing(guess, between_vanished(guess[2]))]
            follow += self._read_after_missing(sorted(missing)[: FEW * FEW], token)
        return follow

    def _likeliest(self, guesses: list[Guess], place: int) -> list[Guess]:
        """Return the best guesses, cheapest first, by their cost and that of the character each would have next."""
        limit = _lowest_cost(guesses) + TOO_FAR
        guesses = sorted(guess for guess in guesses if guess[0] < limit)
        if len(guesses) > BEAM and (token := self.token(place)) and (pair := gbk.byte_pair(token.text)):
            guesses.sort(key=lambda guess: guess[0] + self._next_bits(guess, pair[0]))
        return sorted(guesses[:BEAM])

    def _next_bits(self, guess: Guess, second: int) -> float:
        _, text, pending = guess
        character = gbk.by_lead()[pending].get(second)
        return (
            min(self.page.bits(text[-1:] or self.previous, character), SIGN_BITS) if character else SIGN_BITS
        )

    def _read(self, beam: list[Guess], token: Token) -> list[Guess]:
        """Return what the next token makes of the guesses."""
        if token.broken:
            return [new for guess in beam for new in self._closed_by_reading(guess, token.reading)]
        if token.reading:
            return [(cost + UNKNOWN_BITS, text, pending) for cost, text, pending in beam]
        follow: list[Guess] = []
        if byte := _ascii_byte(token.text):
            follow += self._paired(beam, byte, None)
        if token.text == "?":
            follow += self._closed_by_half(beam, self._swallowed(token.end))
        if pair := gbk.byte_pair(token.text):
            follow += self._paired(beam, pair[0], pair[1])
        return follow

    def _paired(self, beam: list[Guess], second: int, pending: int | None) -> list[Guess]:
        """Return the guesses with the character that the byte left over begins and this one ends."""
        rows = gbk.by_lead()
        return [
            self._with(guess, character, pending)
            for guess in beam
            if (character := rows[guess[2]].get(second))
        ]

    def _closed_by_reading(self, guess: Guess, reading: str) -> list[Guess]:
        """Return characters that begin with the byte left over and are read so: 內 for ?nèi)."""
        cost, text, pending = guess
        read_so = characters_read_as(reading)
        readers = [character for character in gbk.by_lead()[pending].values() if character in read_so]
        return self._add((cost + FITTING_BITS, text, None), readers, None)

    def _closed_by_half(self, beam: list[Guess], swallowed: str) -> list[Guess]:
        """Return the guesses in step again by characters of which a tag or mark has left half."""
        common = ((guess, common_by_lead()[guess[2]].characters) for guess in beam)
        halves = (
            half
            for (cost, text, _), characters in common
            for half in self._add_cheapest((cost + UNKNOWN_BITS, text, None), characters, None, FINALISTS)
        )
        return [(cost, text + swallowed, None) for cost, text, _ in halves] if swallowed else list(halves)

    def _closed_unseen(self, beam: list[Guess]) -> list[Guess]:
        """Return guesses in step again by the byte 0x80, the second of 個, which a page shows as nothing."""
        unseen = unseen_by_lead()
        return [self._with(guess, unseen[guess[2]], None) for guess in beam if guess[2] in unseen]

    def _swallowed(self, end: int) -> str:
        """Return what half a character took along: the < of a tag, or a bracket that closes but does not open."""
        if TAG_REST.match(self.text, end):
            return "<"
        return "(" if BRACKET_REST.match(self.text, end) else ""

    def _missing(self, guess: Guess, options: Options, limit: float = INFINITE) -> list[Guess]:
        """Return guesses a character further on, left with the first byte of a pair that the page does not show.

        Of a guess that is left with such a byte already this makes two pairs in a row that vanished.
        """
        cost, text, _ = guess
        costs = self._costs(cost + MISSING_BITS, text, options.characters)
        found = zip(costs, options.characters, options.bytes, strict=True)
        cheapest = sorted([option for option in found if option[0] < limit])[:FEW]
        return [(cost, text + character, byte) for cost, character, byte in cheapest]

    def _read_after_missing(self, guesses: list[Guess], token: Token) -> list[Guess]:
        """Return what the next token makes of guesses left with the first byte of a vanished pair."""
        second, pending = gbk.byte_pair(token.text) or (_ascii_byte(token.text), None)
        return [
            new for guess in guesses for new in self._add(guess, closing_vanished(guess[2], second), pending)
        ]

    def _add(self, guess: Guess, characters: Collection[str], pending: int | None) -> list[Guess]:
        """Return the guess with each of the characters added."""
        cost, text, _ = guess
        costs = self._costs(cost, text, characters)
        return [(cost, text + c, pending) for cost, c in zip(costs, characters, strict=True)]

    def _add_cheapest(
        self, guess: Guess, characters: Collection[str], pending: int | None, many: int
    ) -> list[Guess]:
        """Return the guess with each of the characters added that are the cheapest."""
        cost, text, _ = guess
        costs = self._costs(cost, text, characters)
        limit = sorted(costs)[many - 1] if len(costs) > many else INFINITE
        cheapest = [
            (cost, text + c, pending) for cost, c in zip(costs, characters, strict=True) if cost <= limit
        ]
        return sorted(cheapest)[:many]

    def _with(self, guess: Guess, character: str, pending: int | None) -> Guess:
        """Return the guess with one character added."""
        cost, text, _ = guess
        end, led_to = self._after[text[-1:] or self.previous]
        cost = cost + led_to[character] if character in led_to else cost + end + self._first_bits[character]
        if character < "㐀":
            cost += self._mark_bits(character, text)
        return cost, text + character, pending

    def _costs(self, cost: float, text: str, characters: Collection[str]) -> list[float]:
        """Return what each of the characters makes a guess cost. Nearly all the time of a search is spent here."""
        end, led_to = self._after[text[-1:] or self.previous]
        first_bits, at_end = self._first_bits, cost + end
        return [
            (cost + led_to[c] if c in led_to else at_end + first_bits[c])
            + (self._mark_bits(c, text) if c < "㐀" else 0.0)
            for c in characters
        ]

    def _mark_bits(self, mark: str, text: str) -> float:
        """Return extra bits for a mark: quotation marks should balance, clause marks stand alone."""
        if UNFOLLOWED.fullmatch((text[-1:] or self.previous) + mark):
            return MARK_ON_MARK_BITS
        opening = CLOSING.get(mark, mark)
        if opening not in QUOTES:
            return 0.0
        quotes = self.quotes + text
        is_open = quotes.rfind(opening) > quotes.rfind(QUOTES[opening])
        if mark in CLOSING:
            return CLOSES_BITS if is_open else CLOSES_NOTHING_BITS
        return OPENS_TWICE_BITS if is_open else 0.0

    def _settled(self, guesses: list[Guess], length: int) -> Iterator[Found]:
        """Yield guesses in step with the reading behind them, and their gain with what follows counted in."""
        if not guesses:
            return
        behind = self.token(length)
        reading = behind.reading if behind and not behind.broken else ""
        if reading:
            length += 1
            behind = self.token(length)
        standing, following = self._standing_to(length), behind.text if behind else ""
        following_stands = self._standing_to(length + 1) - standing if following else 0.0
        for cost, text, _ in guesses:
            last = text.rstrip("<(")[-1]
            if reading:
                cost += FITTING_BITS if is_reading(last, reading) else MISFIT_BITS
            if last in OPENING and self._ends_line(length):
                cost += ENDS_OPEN_BITS
            gain = standing - cost
            if following:
                gain += following_stands - self.page.bits(last, following)
            yield Found(gain, length, text, cost)

    def _ends_line(self, length: int) -> bool:
        return LINE_REST.match(self.text, self.tokens[length - 1].end) is not None

    def _standing_to(self, length: int) -> float:
        """Return what so many tokens cost as they stand; summed up as far as it is asked for."""
        totals = self._standing
        while len(totals) <= length:
            totals.append(totals[-1] + self._standing_bits(len(totals) - 1))
        return totals[length]

    def _standing_bits(self, place: int) -> float:
        token = self.tokens[place]
        if token.broken:
            return BROKEN_READING_BITS
        if token.reading:
            return 0.0 if is_reading(self.text[token.start - 1], token.reading) else MISFIT_BITS
        bits = self.page.bits(self._shown_before(place), token.text)
        return bits + (self._oddity(token) if token.text < AFTER_ASCII else 0.0)

    def _shown_before(self, place: int) -> str:
        """Return the character before a token, readings left out."""
        return next((token.text for token in reversed(self.tokens[:place]) if token.text), self.previous)

    def _oddity(self, token: Token) -> float:
        """Return extra bits for what only damage leaves: a ? before another mark, a letter alone among Chinese."""
        around = self.text[token.start - 1 : token.end + 1] if token.start else ""
        if token.text == "?" and LOST_BEFORE_MARK.search(around):
            return LOST_BYTE_BITS
        return LONE_LETTER_BITS if LONE_LETTER.fullmatch(around) else 0.0
