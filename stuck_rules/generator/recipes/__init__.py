"""The recipes, in the order in which the rulebook shows their rules."""

from __future__ import annotations

from stuck_rules.generator.proposal import Recipe
from stuck_rules.generator.recipes.direct_read import direct_read
from stuck_rules.generator.recipes.encoded_prefix import encoded_prefix
from stuck_rules.generator.recipes.file_count import file_count
from stuck_rules.generator.recipes.fresh_argument import fresh_argument
from stuck_rules.generator.recipes.header_pair import header_pair
from stuck_rules.generator.recipes.localhost_fallback import localhost_fallback
from stuck_rules.generator.recipes.mandatory_flag import mandatory_flag
from stuck_rules.generator.recipes.missing_import import missing_import
from stuck_rules.generator.recipes.replaced_name import replaced_name
from stuck_rules.generator.recipes.required_section import required_section
from stuck_rules.generator.recipes.setting_value import setting_value
from stuck_rules.generator.recipes.shared_secret import shared_secret
from stuck_rules.generator.recipes.vocabulary import vocabulary

RECIPES: dict[str, Recipe] = {
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
