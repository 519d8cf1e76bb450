"""The sentences of replacements, prohibitions and required keywords in other languages.

They follow the same grammar as the English ones of the recipes: a command, the code that it
governs, and perhaps the code that takes its place. What comes between them is kept narrow.
"""

from __future__ import annotations

import re

from stuck_rules.generator.phrases import phrase, span

_BAD, _GOOD = span("bad"), span("good")
_CALL, _KEYWORD = span("call"), span("keyword")

REPLACING = (
    phrase(  # French
        rf"""(?:utiliser|utilisez|préférer|appeler|employer) {_GOOD}\s*,?
        \s*(?:au lieu de|plutôt que|à la place de|et non(?: pas)?) {_BAD}"""
    ),
    phrase(  # Spanish
        rf"""(?:usar|usa|use|utilizar|utilice|preferir) {_GOOD}\s*,?
        \s*(?:en (?:lugar|vez) de|y no|no) {_BAD}"""
    ),
    phrase(  # German
        rf"""{_GOOD}\s*,?\s*(?:statt|anstatt|anstelle von|und nicht|nicht) {_BAD}
        (?= (?:verwenden|nutzen|benutzen|aufrufen|nehmen)\b|\s*[.;,]|\s*$)"""
    ),
    phrase(  # Russian
        rf"""(?:использовать|используйте|используй|вызывать|применять)\s+{_GOOD}\s*,?
        \s*(?:вместо|\u0430 не) {_BAD}"""
    ),
    phrase(  # Chinese
        rf"""(?:使用|改用|采用|採用|用)\s*{_GOOD}\s*[,\uff0c]?
        \s*(?:来)?(?:代替|替代|取代|而不是|而非|不要用|不用)\s*{_BAD}"""
    ),
    phrase(rf"(?:将|將|把)\s*{_BAD}\s*(?:改为|改為|改成|替换为|替換為|换成)\s*{_GOOD}"),
    phrase(  # Japanese
        rf"{_BAD}\s*(?:ではなく|の代わりに)\u3001?\s*{_GOOD}\s*を(?:使う|使用|呼ぶ|呼び出す)"
    ),
)
FORBIDDING = (
    phrase(
        rf"""(?:ne (?:jamais|pas|plus) (?:utiliser|appeler|employer|importer|passer)
        |éviter(?: d['\u2019]utiliser)?|interdit d['\u2019]utiliser) {_BAD}"""
    ),
    phrase(
        rf"""(?:(?:nunca|jamás|no) (?:usar|uses|use|utilizar|llamar a|importar)|evitar(?: usar)?
        |prohibido usar) {_BAD}"""
    ),
    phrase(rf"(?:niemals|nie|keine?n?) {_BAD} (?:verwenden|nutzen|benutzen|aufrufen|importieren)"),
    phrase(
        rf"""(?:(?:никогда не|не|нельзя|запрещено)
        \s+(?:использовать|используйте|вызывать|импортировать|применять)
        |избегать|избегайте) {_BAD}"""
    ),
    phrase(
        rf"""(?:不要|不得|不能|不可|禁止|避免|切勿|严禁|嚴禁)(?:再|直接)?
        (?:使用|调用|調用|导入|導入|捕获|传入|写|用)?\s*{_BAD}"""
    ),
    phrase(rf"{_BAD}\s*(?:を|は)(?:使わない|使用しない|呼ばない|使用禁止|使ってはいけない|禁止)"),
)
INSTEAD = phrase(
    rf"""(?:改用|统一用|應使用|应使用|请用|utiliser|usar|verwende[nt]?|использовать)\s*{_GOOD}"""
)
DEMANDING = (
    phrase(
        rf"""toujours (?:passer|préciser|donner|indiquer|mettre) {_KEYWORD} (?:à|dans|pour|lors de)
        \s+(?:l['\u2019]appel (?:à|de) )?{_CALL}"""
    ),
    phrase(rf"siempre (?:pasar|indicar|especificar|usar) {_KEYWORD} (?:a|en|al llamar a) {_CALL}"),
    phrase(rf"immer {_KEYWORD} (?:an|bei|in) {_CALL} (?:übergeben|angeben|setzen)"),
    phrase(rf"всегда (?:передавать|указывать|задавать) {_KEYWORD} (?:в|для|при вызове) {_CALL}"),
    phrase(
        rf"""{_CALL}\s*(?:时|時|的时候)?\s*(?:必须|必須|一定要|务必|應|应|要)
        (?:传入|传|傳|设置|設置|指定|加上|带上)\s*{_KEYWORD}"""
    ),
    phrase(rf"{_CALL}\s*(?:には|に|は)(?:必ず|常に)\s*{_KEYWORD}\s*を(?:渡す|指定|付ける)"),
)
_CLAUSE = re.compile(r"[^.;,:(\uff0c\u3002\uff1b\u3001\uff1a\uff08\u2014\u2013]*")
_VERB_LAST = re.compile(
    r"\s*(?:verwenden|nutzen|benutzen|aufrufen|importieren|nehmen|übergeben|angeben|setzen)"
)


def limit_behind(text: str, end: int) -> str:
    """What follows in the same clause: in a language whose words are not known, a limit."""
    verb = _VERB_LAST.match(text, end)
    found = _CLAUSE.match(text, verb.end() if verb else end)
    return found[0].strip() if found else ""
