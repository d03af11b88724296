"""What may be a name though no record has it, and what is so rare that it may say who somebody is."""

import re
from collections.abc import Iterator

from brokerage.naming import ordinary
from brokerage.naming.findings import Known
from brokerage.naming.names import TITLES
from brokerage.naming.numbers import Span
from brokerage.naming.plain import Plain, Word

TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Rev|Reverend|Father|Sister|Nurse|Cllr|Prof|Professor|Auntie|Aunt"
    r"|Uncle|Nanny|PC|Sgt)\.?"
    r" (?P<name>[A-Z][A-Za-z'-]*(?: [A-Z][a-z'-]+)?)"
)
CONDITIONS = (
    "huntington'?s|creutzfeldt|cjd|locked[- ]in syndrome|progressive supranuclear"
    "|multiple system atrophy|prader[- ]willi"
    "|rett'?s? syndrome|batten'?s? disease|angelman|williams syndrome|fragile x|cri du chat|edwards'? syndrome|patau"
    "|turner'?s? syndrome|klinefelter|tuberous sclerosis|niemann[- ]pick|tay[- ]sachs|ehlers[- ]danlos|osteogenesis"
    "|epidermolysis|xeroderma|fibrodysplasia|duchenne|spinal muscular atrophy|friedreich|wolfram|usher syndrome|alport"
    "|wilson'?s disease|stiff person|moebius|mitochondrial disease|dwarfism|achondroplasia|albinism"
    "|conjoined|transplant"
    "|thalidomide|contaminated blood|deafblind|quadruple amputee"
)
CALLINGS = (
    r"mayor|mp|councillor|judge|magistrate|vicar|rector|bishop|priest|rabbi|imam|head ?teacher|headmaster|headmistress"
    "|footballer|cricketer|boxer|jockey|olympian|athlete|actor|actress|singer|musician|author|novelist|poet|broadcaster"
    r"|newsreader|presenter|artist|sculptor|ambassador|diplomat|spy|astronaut|explorer|lighthouse keeper"
    r"|lifeboat\w*|pilot"
    "|admiral|general|brigadier|colonel|coroner|surgeon|professor|undertaker|chief constable|postmaster|postmistress"
)
ONCE = r"former|ex|retired|was an?|was the|used to be an?|worked as an?"
SINGULAR = (
    r"triplets?|quadruplets?|identical twins?|oldest|(?:only|last) (?:\w+ ){0,2}in the (?:village|town"
    r"|country|county|city)"
    r"|(?:been|was|were|appeared|seen) (?:on|in) (?:the )?(?:television|tv|radio|news|papers?)|famous"
    r"|celebrity|well[- ]known"
    r"|olympic|paralympic|holocaust|kindertransport|windrush|hillsborough|grenfell|victoria cross|george cross|knighted"
    r"|obe|mbe|cbe|murder(?:ed|er)?|manslaughter|lottery|witness protection|kidnapp\w+|asylum|refuge|trafficked"
)
RARE = re.compile(rf"\b(?:{CONDITIONS}|(?:{ONCE})[- ]+(?:\w+ )?(?:{CALLINGS})|{SINGULAR})\b", re.IGNORECASE)


def names(plain: Plain, known: Known) -> Iterator[Span]:
    """Words with a capital that no sentence and no rule of spelling gave them, and common names wherever they stand."""
    for match in TITLED.finditer(plain.text):
        if len(match["name"]) == 1 or not ordinary.is_ordinary(match["name"].split()[0].lower()):
            yield match.span()
    for word in plain.words:
        if _may_be_a_name(plain, word):
            yield word.start, word.end


def rarities(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in RARE.finditer(plain.text))


def _may_be_a_name(plain: Plain, word: Word) -> bool:
    low = word.low
    if len(low) < 3 or low in TITLES or low in ordinary.ALWAYS_CAPITAL:
        return False
    if plain.text[word.start - 1 : word.start] == "'":  # what follows an apostrophe: it's, doesn't
        return False
    is_given = low in ordinary.given_names()
    if plain.is_shouted or not word.is_capitalised:
        return is_given and low not in ordinary.ALSO_WORDS and not ordinary.is_ordinary(low)
    if word.is_shouted:
        return is_given and low not in ordinary.ALSO_WORDS
    if plain.begins_a_sentence(word):
        return is_given and low not in ordinary.ALSO_WORDS and low not in ordinary.vocabulary()
    return is_given or low in ordinary.ALSO_WORDS - ordinary.vocabulary() or not ordinary.is_ordinary(low)
