"""Polish numerals written in words, in every form that a sentence of a report may need."""

from decimal import Decimal

_ONES = {
    1: "jeden jedna jedno jednego jednej jednemu jednym jedną",
    2: "dwa dwie dwoje dwóch dwu dwom dwoma dwiema dwaj dwojga",
    3: "trzy trzech trzem trzema trzej troje trojga",
    4: "cztery czterech czterem czterema czterej czworo czworga",
    5: "pięć pięciu pięcioma pięcioro pięciorga",
    6: "sześć sześciu sześcioma sześcioro sześciorga",
    7: "siedem siedmiu siedmioma siedmioro siedmiorga",
    8: "osiem ośmiu ośmioma ośmioro ośmiorga",
    9: "dziewięć dziewięciu dziewięcioma dziewięcioro dziewięciorga",
}
_TEENS = {
    10: "dziesięć dziesięciu dziesięcioma dziesięcioro",
    11: "jedenaście jedenastu jedenastoma jedenaścioro",
    12: "dwanaście dwunastu dwunastoma dwanaścioro",
    13: "trzynaście trzynastu trzynastoma trzynaścioro",
    14: "czternaście czternastu czternastoma czternaścioro",
    15: "piętnaście piętnastu piętnastoma piętnaścioro",
    16: "szesnaście szesnastu szesnastoma szesnaścioro",
    17: "siedemnaście siedemnastu siedemnastoma siedemnaścioro",
    18: "osiemnaście osiemnastu osiemnastoma osiemnaścioro",
    19: "dziewiętnaście dziewiętnastu dziewiętnastoma dziewiętnaścioro",
}
_TENS = {
    20: "dwadzieścia dwudziestu dwudziestoma",
    30: "trzydzieści trzydziestu trzydziestoma",
    40: "czterdzieści czterdziestu czterdziestoma",
    50: "pięćdziesiąt pięćdziesięciu",
    60: "sześćdziesiąt sześćdziesięciu",
    70: "siedemdziesiąt siedemdziesięciu",
    80: "osiemdziesiąt osiemdziesięciu",
    90: "dziewięćdziesiąt dziewięćdziesięciu",
}
_HUNDREDS = {
    100: "sto stu",
    200: "dwieście dwustu",
    300: "trzysta trzystu",
    400: "czterysta czterystu",
    500: "pięćset pięciuset",
    600: "sześćset sześciuset",
    700: "siedemset siedmiuset",
    800: "osiemset ośmiuset",
    900: "dziewięćset dziewięciuset",
}
_PARTS = {"pół": Decimal("0.5"), "półtora": Decimal("1.5"), "półtorej": Decimal("1.5"), "ćwierć": Decimal("0.25")}


def _forms(table: dict[int, str]) -> dict[str, int]:
    return {form: value for value, forms in table.items() for form in forms.split()}


_RANKS = [_forms(table) for table in (_HUNDREDS, _TENS, _TEENS, _ONES)]
WORDS = {form: value for rank in _RANKS for form, value in rank.items()}
PARTS_OF_A_SCALE = _PARTS  # said only before a thousand, a million or a billion: "półtora miliona"


def follows(before: str, word: str) -> bool:
    """Whether a second numeral continues the first: "dwadzieścia pięć", "sto dwanaście", not "pięć dwa"."""
    hundreds, tens, teens, ones = _RANKS
    if before in hundreds:
        return word in tens or word in teens or word in ones
    return before in tens and word in ones
