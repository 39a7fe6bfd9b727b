"""Words of which the names in the demo holdings are made.

Nobody here exists: family names are made up or put together at random with given names. Telephone numbers
are of the range 555-0100 to 555-0199, which is kept free for fiction.
"""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in its order."""
    return tuple(text.split())


GIVEN = words(
    """
    Adela Alonzo Anselm Arlen Beatriz Bertrand Bruna Calvin Celeste Cornel Dalia Damaso Delphine Desmond
    Dov Edwina Eliseo Elke Emeric Esperanza Fabian Farida Florian Gaspard Gemma Gideon Hadley Halina
    Hector Ilse Imre Ines Irving Jadwiga Jorge Joss Katya Kenji Lamar Lavinia Leocadia Lionel Ludmila
    Mahmoud Marisol Maxim Mei Milos Nadine Nestor Noor Octavia Omar Orla Osvaldo Paloma Pavel Petra
    Quentin Ramona Rashid Renata Roscoe Rufus Sabine Sergei Silvio Soraya Stellan Tamsin Teodor Thea
    Tobias Ulrich Umberto Vera Vito Wanda Wei Xenia Yusuf Zelda Zoltan
    """
)

FAMILY = words(
    """
    Abernay Aldermoor Anquetil Arbusto Balcescu Barrowmere Belacruz Benzoni Bickerdyke Bohanek Brackwell
    Calderao Castellane Chardonnet Cheverell Corvalho Crosswaite Dalmeida Darrowby Deverick Dombrowe
    Drachman Dunleavy Eastlake Echavarro Elderfield Estrevan Fairbourne Falkenrath Farnesi Figuerado
    Fontclair Gallowmere Garrantes Gistelli Goldmark Grantley Guillory Halvorsund Harcastle Havelka
    Heidelmann Hollister Ibarrola Ingleby Ivanescu Jardineau Jelinski Kastner Kilbride Kolarov Korsakian
    Lachapelle Langstrom Lefkarian Lombardero Lorimer Macklow Maldovan Marchbank Mazurek Menzibar
    Montclave Moorhouse Nagorny Nightwell Noriander Obradov Okonwe Oliveros Orsini-Vale Paramore Pelletrin
    Petrosyan-Hale Pinkerd Quillfeather Quispero Radulov Ravenshaw Restrepal Rocheford Rozental Salvadore
    Sandhurst Santibanez Scarlatov Severin Sokolan Stanwick Sterlitz Szabados Tarrington Tavarone Tchernov
    Thackery Tolentano Trevarrow Ugarteche Underhay Valdespino Vanterpool Velasquito Verhoeven-Dar
    Wainscott Wexcombe Winterbourne Wolanski Yarborne Yevtushek Zabriel Zamorano Zielke
    """
)

ALIASES = words(
    """
    Ace Bishop Boots Captain Chico Cousin Doc Duke Flaco Gordo Jefe Lefty Lucky Memo Moose Pops Professor
    Red Shorty Skinny Slim Tailor Uncle Wheels Whisper
    """
)

FIRM_HEADS = words(
    """
    Alder Amber Anchor Arrow Atlas Beacon Birch Bluewater Bridgeport Cardinal Cedar Coastline Compass
    Copper Crown Delta Eastgate Ember Falcon Fairway Gateway Golden Granite Harbor Highpoint Horizon
    Ironwood Juniper Keystone Lakeshore Lantern Liberty Longview Magnolia Mariner Meridian Northstar
    Oakmont Orchid Pacific Pinnacle Quayside Redwood Ridgeline Sable Seabright Silverline Southport
    Sterling Summit Tidewater Trident Union Vanguard Westbound Willow Zenith
    """
)

FIRM_TAILS = (
    "Imports",
    "Exports",
    "Trading Co.",
    "Logistics",
    "Freight Lines",
    "Produce",
    "Electronics",
    "Textiles",
    "Auto Sales",
    "Seafood",
    "Jewelers",
    "Travel",
    "Staffing",
    "Customs Brokers",
    "Marine Supply",
    "Pharmacy",
    "Holdings",
    "Money Services",
    "Metals",
    "Consulting",
)

STREETS = (
    "Terminal Road",
    "Canal Street",
    "Foundry Lane",
    "Commerce Avenue",
    "Wharf Street",
    "Mill Road",
    "Airport Drive",
    "Railroad Avenue",
    "Orchard Street",
    "Industrial Parkway",
    "Depot Street",
    "Bayview Avenue",
    "Market Street",
    "Quarry Road",
    "Dockside Way",
    "Linden Boulevard",
)

BANKS = (
    "First Harbor Trust",
    "Midland Merchants Bank",
    "Commonwealth Savings",
    "Bank of the Narrows",
    "Tidewater Federal",
    "Continental Mercantile",
    "Banco del Estuario",
    "Prairie States Bank",
)

CARRIERS = ("Lakeline Mobile", "Union Cellular", "Sunbelt Wireless", "Northern Bell", "Prepaid Direct")

COUNTRIES = (
    "Canada",
    "China",
    "Colombia",
    "Dominican Republic",
    "Germany",
    "Hong Kong",
    "India",
    "Jamaica",
    "Jordan",
    "Mexico",
    "Netherlands",
    "Nigeria",
    "Panama",
    "Poland",
    "Spain",
    "Turkey",
    "Ukraine",
    "United States",
    "Vietnam",
)

VEHICLES = (
    ("Ford", "Transit"),
    ("Ford", "F-150"),
    ("Chevrolet", "Express"),
    ("Dodge", "Ram"),
    ("Toyota", "Camry"),
    ("Honda", "Accord"),
    ("Freightliner", "Cascadia"),
    ("Kenworth", "T680"),
    ("GMC", "Savana"),
    ("Nissan", "Altima"),
)

COLORS = ("white", "black", "silver", "blue", "red", "green", "gray", "tan")

AREA_CODES = ("212", "213", "305", "312", "713", "206", "617", "404", "214", "602", "619", "313")

CURRENCIES = ("USD", "USD", "USD", "USD", "EUR", "MXN", "HKD", "CAD")

AGENCIES = ("DEA", "FBI", "IRS-CI", "Postal Inspection Service", "Royal Canadian Mounted Police")
"""Who may own what the third agency rule covers, and consent to its being shared."""
