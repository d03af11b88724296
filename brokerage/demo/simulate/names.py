"""Names as one meets them in a council's waiting room. They are drawn apart and put together by chance: nobody is meant."""

# how many in a hundred, women's and men's first names, last names
CULTURES = (
    (
        58,
        "Margaret Dorothy Jean Patricia Sheila Maureen Brenda Joan Barbara Pauline Christine Susan Linda Janet Carol Julie Karen Tracey "
        "Zoë Chloë Amélie Emily Grace Hazel Ivy Edna Beryl Doreen Mavis Gladys Elsie Florence Ruby Pamela Gillian Heather Wendy "
        "Rosemary Marjorie Vera Hilda Nora Audrey",
        "John Peter David Michael Brian Kenneth Derek Alan Raymond Dennis Roy Eric Frank Stanley Leonard Arthur Albert Harold Walter "
        "Keith Geoffrey Graham Trevor Malcolm Clive Nigel Barry Stuart Neil Simon Andrew Gary Darren Jake Callum Toby Ernest Cyril Norman "
        "Reginald Douglas Gordon Philip",
        "Smith Brown Taylor Wilson Wright Walker Hall Green Wood Turner Hill Clarke Cooper Ward Baker Carter Shaw Bell Bailey Marsh Holt "
        "Barlow Whitworth Ashworth Pickering Thackray Ogden Sutcliffe Hargreaves Entwistle Blackwood Fairweather Goodacre Hathersage "
        "Lockwood Middleton Netherwood Oldroyd Parkin Rushworth Stannard Tomkinson Underhill Vickers Wainwright Yardley Butterworth "
        "Crabtree Dewhurst Eastwood Featherstone Grimshaw Heap Ibbotson Jowett Kershaw Lumb Micklethwaite Nuttall Ormerod Sykes Tordoff "
        "Smith-Barlow Hill-Parkin Wood-Sykes",
    ),
    (
        6,
        "Bridget Siobhán Maeve Niamh Róisín Sinéad Gráinne Kathleen Noreen Áine Orla Deirdre",
        "Patrick Séamus Liam Declan Pádraig Eamonn Seán Brendan Cormac Donal Finbar Tadhg",
        "O’Connor O’Brien Murphy Kelly Byrne Ryan Doyle McCarthy Gallagher O’Hanlon Fitzsimons Mac-Giolla Ní-Dhomhnaill Brannigan",
    ),
    (
        5,
        "Siân Eirlys Myfanwy Carys Nerys Gwenllian Ffion Angharad Megan Bronwen",
        "Gareth Dafydd Rhys Hywel Geraint Ieuan Emlyn Iorwerth Siôn Gwilym",
        "Jones Davies Evans Thomas Griffiths Llewellyn Pritchard Gwynne Prosser Bebb Vaughan Ap-Hywel",
    ),
    (
        9,
        "Amina Fatima Nasreen Shabana Parveen Rukhsana Gurpreet Harjit Manjit Sunita Meena Lakshmi Jayshree Anjali Hemlata Yasmin Rehana",
        "Mohammed Imran Tariq Rashid Yusuf Balbir Harbhajan Surinder Rajesh Dinesh Kantilal Suresh Anil Nazir Abdul Kamal Iqbal",
        "Khan Hussain Begum Akhtar Malik Mahmood Singh Kaur Gill Sandhu Dhillon Patel Shah Mistry Desai Joshi Chowdhury Miah Uddin Rahman",
    ),
    (
        6,
        "Janina Małgorzata Agnieszka Elżbieta Żaneta Bożena Irena Ioana Ștefania Mihaela Zdeňka Jūratė Rasa Oksana Halyna",
        "Stanisław Łukasz Zbigniew Grzegorz Paweł Ștefan Gheorghe Andrei Jiří Tomáš Vytautas Mykola Taras Bohdan",
        "Nowak Kowalczyk Wójcik Zieliński Dąbrowska Szymański Popescu Ionescu Dvořák Svobodová Kazlauskas Petraitytė Kovalenko Shevchuk",
    ),
    (
        7,
        "Beverley Marcia Yvonne Delroya Adaeze Ngozi Folasade Abena Akosua Blessing Comfort Hodan Ifrah Wanjiru Thandiwe",
        "Winston Delroy Leroy Errol Chukwuemeka Olúwaṣeun Kwame Kofi Babatunde Abdirahman Mahad Kamau Themba Emmanuel",
        "Campbell Reid Gayle Lindo Okafor Adeyemi Ogunleye Mensah Owusu Boateng Warsame Abdi Mwangi Dlamini Nwachukwu",
    ),
    (
        5,
        "Mei-Ling Xiu Hoa Thuý Linh Ayşe Gülsüm Zeynep Shirin Parisa María-José Inês Conceição Søs Käthe Noémie",
        "Wei Jian Minh Đức Hùng Mehmet Çağlar Reza Dariush José João Joaquim Søren Jürgen Étienne",
        "Chan Wong Cheung Nguyễn Trần Phạm Yılmaz Çelik Hosseini Rostami Nuñez Gonçalves Müller Sørensen Lefèvre",
    ),
    (
        4,
        "Miriam Rivka Esther Golda Eleni Androulla Maria Concetta Giuseppina Vittoria",
        "Moshe Solomon Isaac Costas Andreas Panayiotis Salvatore Carmelo Giovanni",
        "Cohen Levy Feldman Goldstein Georgiou Christodoulou Papadakis Esposito D’Angelo Di-Marco",
    ),
)  # fmt: skip

STREETS = (
    "Mill Lane", "Low Road", "Station Road", "Orchard Close", "Beech Avenue", "The Green", "Church Street", "Victoria Terrace",
    "Hawthorn Drive", "Park View", "Quarry Bank", "Meadow Way", "St Anne’s Court", "Weavers’ Row", "Priory Gardens", "Moor End",
)  # fmt: skip
TOWNS = ("Marlham", "Eastbrook", "Netherby", "Marlow Cross", "Upper Fenton", "Saltby", "Kirk Ashley", "Great Harding")
RELATIONSHIPS = (
    "daughter", "son", "wife", "husband", "sister", "brother", "niece", "nephew", "neighbour", "friend", "partner", "granddaughter",
)  # fmt: skip
LANGUAGES = (
    "Punjabi",
    "Urdu",
    "Polish",
    "Gujarati",
    "Bengali",
    "Somali",
    "Cantonese",
    "Romanian",
    "Portuguese",
    "Welsh",
    "Greek",
    "Turkish",
)
