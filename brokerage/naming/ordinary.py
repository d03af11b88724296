"""Words that are no name: the vocabulary of care, words always written with a capital, and names that are also words.

`words.txt` is plain British English from the SCOWL lists (see words.LICENCE), with the words of care added by us.
`given_names.txt` is our own list of names common in Britain.
"""

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "y", "ness", "n", "able", "al", "ment", "less", "ful")

ALWAYS_CAPITAL = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays mon tue tues wed weds thu thur thurs fri sat sun january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas
    easter eid ramadan diwali hanukkah passover vaisakhi lent advent boxing bank shabbat sabbath chanukah holi
    lunar english british welsh scottish irish polish romanian french german spanish portuguese italian greek
    turkish kurdish arabic urdu punjabi panjabi hindi gujarati bengali sylheti tamil malayalam telugu pashto
    dari farsi persian somali yoruba igbo hausa twi swahili shona amharic tigrinya mandarin cantonese chinese
    vietnamese thai tagalog filipino japanese korean russian ukrainian lithuanian latvian czech slovak hungarian
    bulgarian albanian serbian croatian hebrew yiddish european african caribbean asian indian pakistani
    bangladeshi nigerian ghanaian jamaican kenyan zimbabwean latin american australian western eastern northern
    southern romany traveller makaton braille gaelic christian catholic anglican methodist baptist protestant
    pentecostal quaker orthodox muslim islamic islam sikh hindu jewish buddhist jain rastafarian mormon jehovah
    jehovahs witness salvation army god bible quran koran mass mosque gurdwara temple synagogue alzheimer
    alzheimers parkinson parkinsons crohn crohns huntington huntingtons korsakoff korsakoffs lewy raynaud
    tourette asperger aspergers down downs hodgkin barrett meniere menieres bell bells guillain barre charcot
    marie tooth addison cushing graves hashimoto sjogren barthel waterlow must braden abbey zimmer velcro tena
    conveen rotunda sara stedy sarah dosette nomad blister peg pecs teacch fortisip ensure fresubin complan
    thick easy resource waterproof sky freeview facetime whatsapp zoom ipad iphone alexa google skype lifeline
    careline carelink telecare tunstall pendant blue badge motability tesco asda sainsburys aldi lidl morrisons
    waitrose wiltshire farm oakhouse meals wheels england wales scotland ireland britain uk europe act care
    court protection power attorney lasting order plan wi scouts guides brownies beavers cubs nhs gp ot dn sw
    cpn slt salt chc ihcp fnc mdt dols lps mca dnar dnacpr respect poa lpa copd ms mnd tia cva uti mrsa cdiff bp
    bmi led dvd cd tv pc bsl sse asd adhd add ehcp sen send lac pip dla esa aa uc hrt im iv od bd tds qds prn
    pmh dh sh nil ok mr mrs miss mx dr sir lady dame lord reverend rev father sister nurse professor prof canon
    week weeks room flat floor level stage type grade category band part section lot form i ive id ill
    """.split()
)

ALSO_WORDS = frozenset(  # names on many records that are ordinary words as well: only a capital tells them apart
    """
    will may rose grace hope faith joy mark bill pat sue rob jack frank grant dawn eve ivy lily daisy violet
    heather hazel holly iris olive poppy ruby pearl amber crystal jade gene art chase dean drew guy hunter jay
    lance max miles nick norm pierce ray rich robin rusty skip wade chuck carol april june august summer autumn
    christian patience mercy charity melody penny sandy sky star sunny angel harry jimmy sally tom jenny josh
    dot kit val ant rick pip dolly doll billy ginger bob peter dick mick biddy paddy wills mal mo bella glad hal
    jude nan nanny win young major bailey banks barber bell berry best bird bishop black blank bond booth bowman
    brown burns bush butcher butler carpenter case chamber chambers chandler church clay cook cooper cross dale
    day dear dray dry farmer field fields fisher flower flowers ford forest forester foster fox french frost
    gale gardener gates glass gold good gray grey green hall ham hand hands hardy hart hay hays head heath
    herring hill hills hogg holiday hood house humble hunt ice joiner judge kay keen key keys king kings knight
    lake lamb lane law little lock long loud love low lovely march marsh mason miller mills mint moody moon more
    moss mount new noble north nurse page pain paine pace palmer park parks parish parsons peacock pepper perch
    piper pitt place pond pool poor pope porter post pot potter potts power powers price pride prince pry queen
    quick quirk race rain read reader reed reeves rest rice ring rivers roads rock rocks root rook rush sadler
    sage salmon salt sands savage sawyer seal self sellers sharp shepherd short shore silver simple singer
    skinner slack small smart snow south spark speed spencer spring squire steel steward stone storm street
    strong stubbs summers swan sweet swift tanner taylor temple thorn tidy town tree turner twist vale vine
    waite wake walker wall walls waller ward ware warner warren water waters way weeks wells west wheeler white
    wild wilder wing winter winters wise wolf wood woods word worth wren wright yard york an he so to do in no
    on man men ho hung lo she sing song son sun tan tang wan das deal den even fair ever free game gay hale home
    hull kind ladle land lay leach lead lee light line lines list lively lord mace mead meek merry mews mole
    morrow muse neat nest nice night oak oaks pack paisley patch peel pen pike pill pine pink plant plum pound
    pratt proud rank ranger ready rider roll rolls rope rough round rudd salter sargent sayer scales shade shaw
    shed sheen sherwood shields ship side sleep slater spear spicer spurr staff stamp stead still sugar tab
    table tait talent tall tear thick tiller tingle toll torrance trick trim trip trotter true tubb tuck usher
    valentine varley venus vest vicar virtue waiter warden warm washer watch watcher wear webster weir wick
    winder wink wish work worker worst given sacks rim baby smith cole khan bean bacon bath beer bent blood
    blunt brand bread bright britain brook brooks bull burden butter button cable cannon card carrier carr
    carter castle cater chance chart cherry child cloud coach coal coast cobb coffee cold collar comb constable
    constant cope cork cotton court crane creed crisp crow cruise curry curtain
    """.split()
)


@cache
def vocabulary() -> frozenset[str]:
    return frozenset((HERE / "words.txt").read_text().split())


@cache
def given_names() -> frozenset[str]:
    return frozenset(name.lower() for name in (HERE / "given_names.txt").read_text().split())


@cache
def is_ordinary(word: str) -> bool:
    """Whether a lower-case word is one that care is written in, in any of its endings."""
    words = vocabulary()
    if word in words or word in ALWAYS_CAPITAL:
        return True
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and (stem in words or stem + "e" in words or _undoubled(stem) in words):
            return True
    if word.endswith(("ies", "ied", "ier", "ily")) and word[:-3] + "y" in words:
        return True
    return bool(match := re.match(r"(un|re|non|pre|over|under|dis|mis|self|semi|multi)(\w{3,})", word)) and (
        match.group(2) in words
    )


def _undoubled(stem: str) -> str:
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
