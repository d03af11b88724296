"""The demonstration council: nobody and nowhere real. Postcodes begin ZX, telephone numbers are Ofcom's for drama."""

from dataclasses import dataclass, field

COUNCIL = {
    "name": "Marlshire County Council",
    "service_name": "Care brokerage",
    "brand_colour": "#1d4f4b",
    "link_colour": "#1a5c74",
    "phone": "01632 960100",
    "email": "brokerage@marlshire.example",
}

RATES = {"home_care": ("hour", "23.40"), "nursing_home": ("week", "985.00")}

STAFF = (  # full name, e-mail before the @, job title, roles
    ("Amina Yusuf", "coordinator", "Social worker", ["coordinator"]),
    ("Daniel Frost", "coordinator2", "Hospital social worker", ["coordinator"]),
    ("Tom Birch", "broker", "Broker", ["broker"]),
    ("Priya Nair", "broker2", "Broker", ["broker"]),
    ("Dele Akande", "duty", "Duty broker", ["broker", "duty_broker"]),
    ("Ruth Calder", "manager", "Brokerage team manager", ["team_manager"]),
    ("Colin Marsh", "chair", "Panel chair", ["panel_chair"]),
    ("Joan Reid", "panel", "Panel member", ["panel_member"]),
    ("Gareth Pugh", "head", "Head of service", ["head_of_service"]),
    ("Nadia Brook", "commissioner", "Commissioner", ["commissioner"]),
    ("Owen Platt", "auditor", "Auditor", ["auditor"]),
    ("Sue Adeyemi", "admin", "Service administrator", ["administrator"]),
)

CHILDRENS_STAFF = (  # the same, in the children's team
    ("Leah Okoro", "childworker", "Children’s social worker", ["coordinator"]),
    ("Marcus Bell", "childbroker", "Brokerage officer", ["broker"]),
    ("Hannah Price", "childduty", "Duty brokerage officer", ["broker", "duty_broker"]),
    ("Yasmin Dale", "childmanager", "Children’s brokerage manager", ["team_manager"]),
)
IN_BOTH_TEAMS = ("head", "auditor")

POSTCODES = {  # metres of the national grid, somewhere that is fields
    "ZX1 1AA": (412_000, 250_000),
    "ZX1 2BD": (412_900, 250_700),
    "ZX1 4RT": (411_300, 249_100),
    "ZX2 3EF": (416_500, 252_800),
    "ZX2 7QP": (417_800, 251_200),
    "ZX3 1GH": (408_200, 246_500),
    "ZX3 6NN": (406_900, 248_000),
    "ZX4 2JK": (421_400, 244_900),
    "ZX4 8WX": (423_000, 246_300),
    "ZX5 5LM": (430_100, 256_700),
    "ZX6 9TT": (446_000, 268_000),
}

HOME_CARE = (  # name, postcode, rating, bands
    ("Rowan Tree Home Care", "ZX1 2BD", "Good", ["older_people", "dementia", "physical_disability"]),
    ("Marlshire Reablement (in-house)", "ZX1 1AA", "Outstanding", ["older_people", "physical_disability"]),
    ("Brightside Care at Home", "ZX2 3EF", "Good", ["older_people", "dementia", "sensory_impairment"]),
    ("Kestrel Community Care", "ZX3 1GH", "Requires improvement", ["older_people", "mental_health"]),
    ("Willow Lane Carers", "ZX2 7QP", "Good", ["older_people", "learning_disability"]),
    ("Steady Hands Home Support", "ZX4 2JK", "Good", ["older_people", "dementia"]),
    ("Harbour Light Care", "ZX5 5LM", "Good", ["older_people", "physical_disability"]),
    ("Far Valley Homecare", "ZX6 9TT", "Good", ["older_people"]),
)
SUSPENDED = {"Kestrel Community Care": "Two missed visits under investigation"}
NO_MAILBOX = {"Willow Lane Carers"}

NURSING = (
    ("Alder Court Nursing Home", "ZX1 4RT", "Good", ["older_people", "dementia"]),
    ("The Limes Nursing Home", "ZX2 3EF", "Outstanding", ["older_people", "dementia", "physical_disability"]),
    ("Fernleigh House", "ZX3 6NN", "Good", ["older_people"]),
    ("Orchard View Nursing Home", "ZX4 8WX", "Requires improvement", ["older_people", "mental_health"]),
    ("St Bede’s Lodge", "ZX5 5LM", "Good", ["older_people", "dementia"]),
)


@dataclass(frozen=True)
class Somebody:
    first_names: str
    last_name: str
    born_on: str
    postcode: str
    record_id: str
    summary: str
    brief: str  # what a broker writes for providers
    outcomes: tuple[str, ...]
    bands: tuple[str, ...] = ("older_people",)
    mobility: str = "aid"
    tasks: tuple[str, ...] = ("getting_up", "washing", "meals")
    format: str = "standard"
    language: str = ""
    address: str = "14 Mill Lane, Marlham"
    contact: tuple[str, str, str] = ("Helen Carr", "daughter", "01632 960145")
    more: dict = field(default_factory=dict)


PEOPLE = (
    Somebody(
        "Edith", "Carr", "1938-04-12", "ZX1 4RT", "M400101",
        "Edith came home from hospital on Tuesday after a fall. Helen stays until Sunday. Edith needs help to get up, wash and eat.",
        "Needs help to get up, wash and have breakfast, and to settle in the evening, after a fall. Walks with a frame.",
        ("To stay in my own home", "To get back to the lunch club"),
    ),
    Somebody(
        "Stanley", "Obuya", "1944-09-30", "ZX2 7QP", "M400102",
        "Stanley’s wife Grace can no longer lift him. Two carers are needed in the morning and at bedtime.",
        "Moves with a hoist and two people. Needs help to get up, wash and go to bed.",
        ("To sleep in my own bed", "For my wife to rest"),
        bands=("older_people", "physical_disability"), mobility="two", tasks=("getting_up", "washing", "moving", "bed"),
        address="3 Chapel Rise, Eastbrook", contact=("Grace Obuya", "wife", "01632 960118"),
    ),
    Somebody(
        "Margaret", "Ellison", "1936-01-08", "ZX3 6NN", "M400103",
        "Margaret’s dementia has moved on quickly. She was found in the road twice this week. Her son Peter is frightened for her.",
        "Living with dementia, up at night and goes out alone. Needs nursing care day and night in a calm home with a garden.",
        ("To be safe", "To have a garden"),
        bands=("older_people", "dementia"), mobility="independent", tasks=(), format="large_print",
        address="Fernbank, Low Road, Netherby", contact=("Peter Ellison", "son", "01632 960133"),
    ),
    Somebody(
        "Janina", "Nowak", "1949-11-21", "ZX1 2BD", "M400104",
        "Janina’s sight has gone down. She would like carers who speak Polish. She manages stairs if somebody is with her.",
        "Living with sight loss. Needs company on the stairs, help with meals and shopping.",
        ("To cook my own dinner", "To go to Mass on Sundays"),
        bands=("older_people", "sensory_impairment"), tasks=("meals", "shopping", "going_out"), language="Polish",
        address="Flat 6, Weaver Court, Marlham", contact=("Anna Zielinska", "niece", "01632 960172"),
    ),
    Somebody(
        "Desmond", "Pryce", "1941-06-03", "ZX2 3EF", "M400105",
        "Desmond has Parkinson’s and is losing weight. Meals and tablets need to be on time.",
        "Needs help with meals and medication, each at a set time, four times a day.",
        ("To keep my weight", "To carry on painting"),
        bands=("older_people", "physical_disability"), mobility="one", tasks=("meals", "eating", "medication"),
        contact=("Lynne Pryce", "sister", "01632 960190"),
    ),
    Somebody(
        "Irene", "Hollis", "1933-03-17", "ZX1 1AA", "M400106",
        "Irene’s heart failure is worse and her nurse visits daily. She cannot go home from the ward without nursing care.",
        "Heart failure, cared for in bed most of the day. Needs a nursing home where she can sit by a window.",
        ("To see my sister every week",),
        bands=("older_people", "palliative"), mobility="bed", tasks=(), contact=("Dora Finch", "sister", "01632 960127"),
    ),
    Somebody(
        "Bernard", "Whitlock", "1939-12-25", "ZX4 2JK", "M400107",
        "Bernard had a stroke in September. He is ready to leave the rehabilitation ward; his flat is up two flights of stairs.",
        "Recovering from a stroke, one side weak. Needs nursing care and daily physiotherapy exercises.",
        ("To walk to the window", "To watch the cricket with somebody"),
        bands=("older_people", "physical_disability"), mobility="one", tasks=(), contact=("Carol Whitlock", "daughter", "01632 960155"),
    ),
    Somebody(
        "Sheila", "Marden", "1946-07-07", "ZX3 1GH", "M400108",
        "Sheila’s daughter has cared for her and goes back to work on Monday.",
        "Needs help to get up and with lunch on weekdays. Walks with a stick.",
        ("To manage without worrying my family",),
        contact=("Jo Marden", "daughter", "01632 960166"),
    ),
    Somebody(
        "Leonard", "Fry", "1935-05-19", "ZX1 4RT", "M400109",
        "Leonard’s carer did not come this morning. He is alone, cannot get out of bed and has not eaten.",
        "Cannot get out of bed alone and has had no help today. Needs somebody to go this morning, then every day.",
        ("To be safe today",),
        mobility="one", tasks=("getting_up", "washing", "meals", "medication"), contact=("Mrs Joyce Tully", "neighbour", "01632 960111"),
    ),
    Somebody(
        "Kathleen", "Byrne", "1942-10-02", "ZX2 7QP", "M400110",
        "Kathleen’s agency has given notice. She needs the same four visits from another.",
        "Needs four short visits a day to get up, eat, use the toilet and go to bed.",
        ("To keep my own routine",),
        mobility="one", tasks=("getting_up", "toilet", "meals", "bed"), contact=("Sean Byrne", "son", "01632 960139"),
    ),
)  # fmt: skip
