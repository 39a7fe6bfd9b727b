"""What the titles, synopses and narratives are made of.

Sentences are of the kind that a report of investigation has. In braces: `place`, a place of the office;
`day`, a day; `who`, the subject that the sentence is about; `other`, another person or "an unidentified
man"; `count`, a number.
"""

PROGRAM_OF_CODE: dict[str, tuple[str, ...]] = {
    "T3": ("narcotics", "smuggling"),
    "UCO": ("narcotics", "trade", "cyber"),
    "BSA": ("finance", "fraud"),
    "CS": ("narcotics", "smuggling", "immigration"),
    "6E": ("fraud", "finance"),
    "TAR": ("narcotics", "cyber", "trade"),
    "TSA": ("trade", "cyber"),
    "ASY": ("immigration",),
}
"""The programs whose cases come to hold what a code protects."""

PROGRAMS = (
    "fraud",
    "fraud",
    "narcotics",
    "narcotics",
    "smuggling",
    "trade",
    "finance",
    "immigration",
    "immigration",
    "cyber",
    "other",
)

CASE_TITLES = {
    "fraud": (
        "Diverted freight",
        "False invoices",
        "Undervalued textiles",
        "Stolen identities for credit",
        "Benefit fraud",
    ),
    "narcotics": (
        "Cocaine in produce",
        "Heroin by courier",
        "Precursor chemicals",
        "Parcels of pills",
        "Marine loads",
    ),
    "smuggling": (
        "Untaxed cigarettes",
        "Bulk cash southbound",
        "Firearms southbound",
        "Protected reptiles",
        "Antiquities",
    ),
    "trade": (
        "Transshipped honey",
        "Counterfeit handbags",
        "Antidumping evasion",
        "Export of thermal sights",
        "Mislabelled steel",
    ),
    "finance": (
        "Shell companies",
        "Structured deposits",
        "Trade-based laundering",
        "Unlicensed remitter",
        "Funnel accounts",
    ),
    "immigration": (
        "Sham marriages",
        "Alien smuggling",
        "Forged travel documents",
        "Visa mill",
        "Harboring for labor",
    ),
    "cyber": (
        "Counterfeit software",
        "Stolen card numbers",
        "Dark market vendor",
        "Export of source code",
        "Business mail fraud",
    ),
    "other": ("Assistance to another office", "Fugitive inquiry", "Stowaway inquiry", "General inquiries"),
}

TIPS = (
    "a referral from the port",
    "a call to the tip line",
    "an anomaly in entry records",
    "a seizure at {place}",
    "a complaint by the importer's bank",
    "a lead from another office",
    "a traffic stop near {place}",
    "information from a freight handler",
    "an outbound inspection at {place}",
    "a review of past entries",
)

SYNOPSES = (
    "{who} is suspected of moving goods through {place} under false papers.",
    "{who} is believed to direct others who work from {place}.",
    "Payments to {who} do not match the declared value of {count} shipments.",
    "{who} came to notice in {count} entries at {place}.",
    "Inquiries into {who} and persons met at {place}.",
)

WORK = (
    "On {day} agents kept watch at {place} from 0600 to 1430 hours.",
    "On {day} agents and port officers examined {count} cartons at {place}.",
    "On {day} the assigned agent reviewed entry summaries for {count} shipments.",
    "Records were obtained by summons on {day} and reviewed by the assigned agent.",
    "On {day} a search by consent was made at {place}.",
    "On {day} agents met officers of the local police at {place}.",
    "Trash left at {place} was recovered on {day}.",
    "On {day} the assigned agent compared manifests with delivery receipts for {count} loads.",
)

ABOUT: dict[str, tuple[str, ...]] = {
    "person": (
        "{who} was seen with {other} at {place} for some {count} minutes.",
        "{who} said that the goods were ordered by {other} and paid in cash.",
        "{who} denied any knowledge of the shipment and gave a telephone number.",
        "{who} signed for {count} cartons on {day} and was photographed.",
        "{who} left {place} on {day} in the company of {other}.",
        "Immigration records show that {who} entered on {day}.",
    ),
    "organization": (
        "{who} is the consignee in {count} entries since {day}.",
        "Invoices of {who} state a value below that of the export declaration.",
        "An employee of {who} named {other} as the customer.",
        "{who} has no staff at the address that it declared.",
    ),
    "phone": (
        "Toll records of {who} show {count} calls on {day}.",
        "{who} was given to the carrier by {other} as a contact.",
    ),
    "vehicle": (
        "On {day} {who} entered {place} and left {count} minutes later.",
        "{who} was loaded at {place} by {other}.",
    ),
    "location": (
        "{who} is used to store goods; {count} pallets were counted on {day}.",
        "Mail for {other} is delivered at {who} as utility records confirm.",
    ),
    "account": (
        "On {day} a deposit of ${count},400 was made to {who} in cash.",
        "Funds from {other} passed through {who} within {count} days.",
    ),
    "email": ("Orders were sent from {who} on {day}.", "{other} gave {who} as a contact on {count} forms."),
    "vessel": ("{who} berthed at {place} on {day} with {count} containers.",),
}

SENSITIVE: dict[str, tuple[str, str]] = {
    "T3": ("Intercepted calls", "Calls intercepted under the order of {day} concern a delivery at {place}."),
    "UCO": (
        "Undercover meeting",
        "An undercover agent met the seller at {place} on {day} and bought a sample.",
    ),
    "BSA": (
        "Review of bank reports",
        "Reports filed by a bank up to {day} show {count} deposits below the limit.",
    ),
    "CS": ("Debriefing", "A confidential source said on {day} that a load would reach {place}."),
    "6E": ("Grand jury returns", "Records returned to the grand jury on {day} list {count} payments."),
    "TAR": ("Information from another agency", "Another agency advised on {day} of {count} earlier loads."),
    "TSA": ("Importer's formulas", "The importer's confidential price lists of {day} were compared."),
    "ASY": ("Asylum file", "The asylum claim of {day} was reviewed; it names a route by way of {place}."),
}
"""For each category's code a title, and the sentence for which the report was coded."""

TITLES: dict[str, tuple[str, ...]] = {
    "ROI": (
        "Surveillance at {place}",
        "Records check",
        "Review of shipping documents",
        "Interview of {who}",
        "Examination at {place}",
        "Activity of {who}",
    ),
    "Intelligence report": ("Pattern of entries", "Associates of {who}", "Route assessment", "Link summary"),
    "Statement": ("Statement of {who}", "Statement on receipt of goods"),
    "Record": ("Toll records", "Vehicle registration", "Corporate filings", "Border crossing history"),
}

ATTACHMENTS: dict[str, tuple[str, ...]] = {
    "Attachment": (
        "Invoice copies",
        "Bill of lading",
        "Chain of custody form",
        "Evidence receipt",
        "Manifest",
    ),
    "Photograph": ("Photo log", "Photographs of cartons", "Aerial photograph", "Photo array"),
    "Record": ("Certified business records", "Phone subscriber record", "Bank signature card"),
}

ATTACHED = (
    "Received on {day} and kept with {number}. The original is in the evidence room.",
    "Copy of {count} pages made on {day}. It belongs to {number}.",
    "Taken at {place} on {day}. Described in {number}.",
)

CITATIONS = (
    "See {number}.",
    "This follows what was reported in {number}.",
    "The dates agree with {number}.",
    "The same goods are described in {number}.",
    "Details are in {number} and are not repeated here.",
)

CORRECTION = "This report replaces {number}, in which a date was wrong."

RELATION = "A connection with {number} is being examined."
