"""What people called one name are also called. A short list, for the names that are common here."""

from collections import defaultdict

_ROWS = """
abigail abby abbie gail
abdul abdullah abdu
agnieszka aga agnes
aleksandra alexandra ola sandra alex lexi sasha sandy
alexander aleksander alex alec al sandy olek xander sasha alasdair alistair alastair
alfred alf alfie fred
alice ali alicia
alison ali allie
amanda mandy manda
amelia amy millie milly
andrew andy drew andrzej
angela angie ange
anne ann anna annie nan nancy anya ania hannah
anthony antony tony ant antoni antek
archibald archie
arthur art artie
barbara barb barbie babs basia
beatrice bea bee trixie
benjamin ben benny benji
bernard bernie
bernadette bernie detta
bridget bridie biddy bridie brigid breda
caroline carol carrie caro carolyn lyn
catherine katherine kathryn catharine kathleen kate katie kath kathy cath cathy kitty kit katy kay kasia katarzyna kat
charles charlie chas chuck
charlotte lottie charlie lotty char
christine christina chris chrissie tina krystyna krysia christiana
christopher chris kit topher krzysztof krzys
clifford cliff
constance connie
cynthia cindy
daniel dan danny danek
david dave davey dai dawid
deborah debra deb debbie debs
dennis denis den denny
diana diane di
donald don donny
dorothy dot dottie dolly dora doll
edward ed eddie ted teddy ned edek
edith edie
eleanor ellie nell nellie nora ellen elinor
elizabeth elisabeth liz lizzie lizzy beth betty bess bessie betsy eliza libby elsie lisa elspeth ela elzbieta
emily em emmie milly
emma em emmie
ernest ernie
eugene gene
evelyn eve evie eva
fatima fatma fati fatimah
florence flo florrie flossie flora
frances fran franny fanny francesca frankie
francis frank frankie fran
frederick fred freddie freddy rick
geoffrey jeffrey geoff jeff
george georgie jerzy jurek
gerald gerry jerry
gerard gerry ged
geraldine gerry geri
gillian gill jill gilly
gladys glad
gregory greg grzegorz
gwendoline gwendolyn gwen gwennie
harold harry hal
harpreet harry preet
harriet hattie harrie
helen nell nellie lena ellen
henry harry hal hank henryk
herbert bert herb bertie
hilary hil
hugh hughie
irene rene reenie
isabel isabella isobel bella izzy belle isa
jacqueline jackie jacqui jacky
james jim jimmy jamie jem
jan janek john
janet jan
janice jan
jane janie jenny jayne
jean jeannie
jennifer jen jenny jennie jenna
jeremy jerry jez jem
jessica jess jessie
joan joanie
joanna joanne jo annie asia
john jack johnny jon ian sean
jonathan jon jonny
joseph joe joey jozef jo
josephine jo josie
joshua josh
judith judy jude judi
julia julie jules
kenneth ken kenny
kimberley kim
lawrence laurence larry laurie
leonard len lenny leo
leslie les
lesley les
lilian lillian lily lil lilly
louise lou lulu louisa
lucy lucille lu
malcolm mal malc
malgorzata gosia margaret
margaret maggie meg peggy peg madge marge margie daisy greta rita mags peggie megan margo
maria marie mary mia
marjorie marge margie
mark marc marek
martin marty marcin
mary molly polly may mae marie maria mamie maisie
matilda tilly tilda mattie
matthew matt mateusz
maureen mo maur
maurice mo morris
maxwell maximilian max
michael mike mick micky mickey michal mikey
mildred millie milly
millicent millie milly
mohammed muhammad mohammad mohamed mo muhammed mehmet
nancy nan
natalie nat
nathaniel nathan nat nate
nicholas nick nicky nico mikolaj
nicola nicky nikki
nigel nige
norman norm
olive ollie
oliver ollie olly
oluwaseun seun
pamela pam pammy
patricia pat patty tricia trish patsy trisha paddy
patrick pat paddy patsy
pauline paula polly
penelope penny pen
percival percy
peter pete piotr piotrek
philip phillip phil pip
phyllis phyl phil
priscilla cilla
rachel rach rae
rajinder rajesh rajendra raj raju
ranjit ranjeet jit
raymond ray
rebecca becky becca bex
reginald reg reggie rex
richard rick dick rich ricky richie dickie ryszard
robert bob rob bobby robbie bert robin
roger rodge
ronald ron ronnie
rosemary rose rosie romy
rosalind ros roz
rose rosie
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sheila shelagh sheilagh
sidney sydney sid syd
siobhan shiv chevonne joan
stanley stan stanislaw staszek
stephanie steph stevie
stephen steven steve stevie szczepan
stewart stuart stu
susan suzanne susannah sue susie suzy sukie zuzanna
sylvia syl sylvie
terence terrance terry tel
teresa theresa terry tess tessa terri tessie
theodore ted teddy theo
thomas tom tommy tomasz tomek
timothy tim timmy
valerie val
veronica ronnie vera roni
victor vic
victoria vicky vicki tori vic queenie
vincent vin vince vinny
violet vi
virginia ginny ginger
walter wally walt
wilfred wilf fred wilfrid
wilhelmina mina billie minnie
william bill will billy willy liam willie wills
winifred win winnie freda winny wyn
winston winnie
yusuf yousuf yousef joe
zachary zach zack
zofia sofia sophia sophie zosia
"""


def _read(rows: str) -> dict[str, frozenset[str]]:
    also: dict[str, set[str]] = defaultdict(set)
    for row in filter(None, rows.split("\n")):
        names = set(row.split())
        for name in names:
            also[name] |= names - {name}
    return {name: frozenset(names) for name, names in also.items()}


_ALSO = _read(_ROWS)


def also_called(name: str) -> frozenset[str]:
    """Every other name that somebody of this name may go by: 'elizabeth' gives 'liz' and 'betty', and 'betty' both."""
    return _ALSO.get(name, frozenset())
