"""Other words for everything that has a name in the sample shop, to choose from by a seed."""

THINGS: dict[str, tuple[str, ...]] = {
    # what is sold; the other word has to make sense where the first stood
    "binoculars": ("headphones", "walking shoes", "ski goggles"),
    "spotting scope": ("camping stove", "desk lamp", "sewing machine"),
    "scope": ("stove", "lamp", "machine"),
    "scopes": ("stoves", "lamps", "machines"),
    "tripod": ("folding table", "bike rack", "guitar stand"),
    "tripods": ("folding tables", "bike racks", "guitar stands"),
    "nest box": ("wall lantern", "window planter", "letter tray"),
    "nest boxes": ("wall lanterns", "window planters", "letter trays"),
    "owl house": ("garden clock", "barn lantern", "tall mirror"),
    "seed feeder": ("water filter", "tea strainer", "spice mill"),
    "feeder": ("filter", "strainer", "mill"),
    "feeders": ("filters", "strainers", "mills"),
    "seed": ("coffee", "flour", "rice"),
    "winter mix": ("morning roast", "harvest blend", "river grain"),
    "mealworm": ("biscuit", "almond", "pepper"),
    "mealworms": ("biscuits", "almonds", "peppers"),
    "peanut": ("carbon", "walnut", "ginger"),
    "bird bath": ("fire bowl", "fruit bowl", "plant tray"),
    "birds": ("guests", "children", "cats"),
    "bird": ("guest", "child", "cat"),
    "hens": ("ducks", "goats", "cousins"),
    "notebook": ("playing cards", "sketch pad", "calendar"),
    "hide chair": ("camp bed", "beach seat", "floor cushion"),
    "chair": ("bed", "seat", "cushion"),
    "flask": ("mug", "thermos", "jug"),
    "rain jacket": ("wool jumper", "ski coat", "linen shirt"),
    "jacket": ("jumper", "coat", "shirt"),
    "harness strap": ("shoulder belt", "guitar strap", "dog lead"),
    "strap": ("belt", "loop", "lead"),
    "lens pen": ("shoe brush", "glue pen", "bread knife"),
    "old pen": ("old brush", "old marker", "old knife"),
    "trail camera": ("pocket radio", "weather station", "baby monitor"),
    "camera": ("radio", "station", "monitor"),
    "recorder": ("metronome", "scanner", "projector"),
    "perches": ("handles", "hooks", "feet"),
}
MADE_UP = """
Ambergate Bellhurst Calder Drumlin Eskmoor Fennick Garnock Holloway Ildern Jessamy Kirrin Lorimer
Mallory Norwick Ostrand Pellworth Quarrel Rowanby Selkirk Tarrant Ullswick Verity Westray Yarrow
Zennor Brindle Cobalt Dunmore Ellery Foxhall Gilling Harrow Inglewood Juniper Kestle Lindale
""".split()  # noqa: SIM905 - a list of words reads better as words
BRANDS = (
    "Marshlight", "Larkwing", "Farshore", "Stork", "Swift Terrace", "Wren Cabin", "Finch Station",
    "Peanut Column", "Copper Pool", "Tidal", "Reedbed", "Dawn", "Estuary", "Kestrel", "Feather",
    "Night Badger", "Songcatcher", "Sandmere", "Dyke Lane", "Postwing", "Harbour Parcel",
)  # fmt: skip
SHOP = ("Heron & Reed", "heronandreed", "HERONREED")
FIRST_NAMES = """
Adele Bruno Carla Dario Edith Falk Gwen Hugo Irma Jarl Kaisa Leif Moira Nico Orla Piet Quentin Runa
Stig Thea Ugo Vera Willem Xenia Yann Zita Alma Boris Clio Doris Egon Frida Gero Hilde Igor Jutta
Karin Ludo Malin Nils Odile Petra Roman Selma Timo Ulla Vito Wanda Anouk Björn Celia Denis Elke Finn
Gesa Hanno Ilse Jonna Kees Lilo Mats Nora Olaf Pia Rieke Sven Tilo Urs Viola Wim Annik Benno
""".split()  # noqa: SIM905
LAST_NAMES = """
Abbott Berger Castell Dunne Ekman Fontana Gruber Hansen Ibsen Jansen Keller Larsen Moreau Nagel
Olsen Petit Quist Rossi Sommer Thorne Ulrich Vidal Winter Young Zeller Alder Blum Costa Drost Engel
Falk Gallo Haas Iversen Jung Krause Lund Meyer Noble Ott Prins Rask Sauer Tamm Unger Voss Weber Zorn
""".split()  # noqa: SIM905
TITLES = ("Good to know: {}", "Help page - {}", "{} (our answers)")
