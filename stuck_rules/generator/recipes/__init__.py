"""The recipes, in the order in which the rulebook shows their rules.

The special ones know a kind of fault and go first; the general ones read sentences and make a
rule only of lessons that none of the special ones took.
"""

from __future__ import annotations

from stuck_rules.generator.proposal import Recipe
from stuck_rules.generator.recipes.code_pair import code_pair
from stuck_rules.generator.recipes.deprecation import deprecation
from stuck_rules.generator.recipes.direct_read import direct_read
from stuck_rules.generator.recipes.encoded_prefix import encoded_prefix
from stuck_rules.generator.recipes.file_count import file_count
from stuck_rules.generator.recipes.fresh_argument import fresh_argument
from stuck_rules.generator.recipes.grep_check import grep_check
from stuck_rules.generator.recipes.header_pair import header_pair
from stuck_rules.generator.recipes.localhost_fallback import localhost_fallback
from stuck_rules.generator.recipes.mandatory_flag import mandatory_flag
from stuck_rules.generator.recipes.missing_import import missing_import
from stuck_rules.generator.recipes.named_fault import named_fault
from stuck_rules.generator.recipes.prohibition import prohibition
from stuck_rules.generator.recipes.replaced_name import replaced_name
from stuck_rules.generator.recipes.replacement import replacement
from stuck_rules.generator.recipes.required_keyword import required_keyword
from stuck_rules.generator.recipes.required_section import required_section
from stuck_rules.generator.recipes.setting_value import setting_value
from stuck_rules.generator.recipes.shared_secret import shared_secret
from stuck_rules.generator.recipes.table_pair import table_pair
from stuck_rules.generator.recipes.vocabulary import vocabulary
from stuck_rules.generator.recipes.wrap import wrap

SPECIAL: dict[str, Recipe] = {
    "fresh-argument": fresh_argument,
    "localhost-fallback": localhost_fallback,
    "direct-read": direct_read,
    "setting-value": setting_value,
    "encoded-prefix": encoded_prefix,
    "header-pair": header_pair,
    "shared-secret": shared_secret,
    "replaced-name": replaced_name,
    "missing-import": missing_import,
    "vocabulary": vocabulary,
    "file-count": file_count,
    "mandatory-flag": mandatory_flag,
    "required-section": required_section,
}
GENERAL: dict[str, Recipe] = {
    "named-fault": named_fault,
    "replacement": replacement,
    "required-keyword": required_keyword,
    "wrap": wrap,
    "prohibition": prohibition,
    "table-pair": table_pair,
    "code-pair": code_pair,
    "deprecation": deprecation,
    "grep-check": grep_check,
}
RECIPES: dict[str, Recipe] = {**SPECIAL, **GENERAL}
