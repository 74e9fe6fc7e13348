"""Made-up people, firms and streets, and real towns of the prairies, in three families that share nothing."""

from __future__ import annotations

from dataclasses import dataclass

from processor.twin.chance import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What one family draws from."""

    given: tuple[str, ...]
    last: tuple[str, ...]
    firms: tuple[str, ...]
    """First words of a firm's name."""
    trades: tuple[tuple[str, str], ...]
    """A word of the firm's name, and the nature of its work."""
    streets: tuple[str, ...]
    towns: tuple[tuple[str, str, str], ...]
    """Town, province, and the first half of its postal codes."""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in (part.split(": ") for part in _split(text)))


def _towns(text: str) -> tuple[tuple[str, str, str], ...]:
    """`Regina S4P` and so on; S is Saskatchewan, R Manitoba (Canada Post's first letters)."""
    parts = (part.rsplit(" ", 1) for part in _split(text))
    return tuple((town, {"S": "SK", "R": "MB"}[half[0]], half) for town, half in parts)


POOLS = {
    Family.TUNE: Names(
        given=_split(
            "Aaron, Agathe, Alanna, Amélie, Bogdan, Brenda, Carlos, Chantal, Darcy, Denise, Émile, Farid, Gerald, "
            "Gwen, Hélène, Isaac, Jolene, Kevin, Lorraine, Marc-André, Nadia, Pauline, Rudy, Sandeep, Tyler, "
            "Wanda, Zoë"
        ),
        last=_split(
            "Bélanger, Boychuk, Chartier, Dhaliwal, Eberhardt, Fontaine, Gagné, Hnatiuk, Iverson, Janzen, "
            "Kowalchuk, Lavallée, MacDonald, Neufeld, O'Brien, Peters, Roy, St-Pierre, Tootoosis, Unrau, Van der "
            "Meer, Whitford"
        ),
        firms=_split(
            "Wheatfield, Badger Creek, Kowalchuk & Sons, Northern Light, Prairie Rose, Red Willow, L'Étoile, Two "
            "Rivers, Stony Plain, O'Brien Bros., Big Sky, Grande Coulée, Tall Grass"
        ),
        trades=_pairs(
            "Roofing: Residential roofing, Siding: Siding and soffits on houses, Drywall: Drywall and taping, "
            "Concrete: Concrete forming & finishing, Excavating: Excavation and trenching, Toiture: Couvreur "
            "résidentiel, Electric: Electrical contracting, Framing: House framing"
        ),
        streets=_split(
            "Elevator Road, Caribou Street W, 5th Avenue N, Range Road 2213, Plaster Avenue, rue Provencher, Main "
            "Street, Railway Avenue, Coteau Street E, Township Road 351"
        ),
        towns=_towns(
            "Regina S4P, Moose Jaw S6H, Yorkton S3N, Weyburn S4H, Melfort S0E, Fort Qu'Appelle S0G, Gravelbourg "
            "S0H, Winnipeg R3C, Brandon R7A, Selkirk R1A, Dauphin R7N, Ste. Anne R5H, Notre-Dame-de-Lourdes R0G, "
            "The Pas R9A"
        ),
    ),
    Family.CALIBRATE: Names(
        given=_split(
            "Adele, Alphonse, Andrée, Barry, Cédric, Colleen, Derek, Dominique, Eugène, Fatima, Gilbert, "
            "Harpreet, Irène, Joanne, Karl, Léo, Marius, Megan, Nguyet, Oksana, Philippe, Quentin, Renée, Scott, "
            "Theresa, Vernon, Yvette"
        ),
        last=_split(
            "Arcand, Baptiste, Côté, D'Amours, Dyck, Ferland, Friesen, Gill, Hamel, Isbister, Jensen, Kaminski, "
            "LaRoque, Lemieux, McAllister, Nykolaishen, Ouellette, Petrov, Reimer, Sinclair, Thériault, Wiebe, "
            "Zacharias"
        ),
        firms=_split(
            "Assiniboine, Buffalo Jump, Dyck & Daughters, Fox Valley, Golden Sheaf, Iron Horse, La Vérendrye, "
            "McAllister's, Pelican, Silver Birch, Sandhills, Rivière-aux-Rats, Whitemud"
        ),
        trades=_pairs(
            "Plumbing: Plumbing and heating, Painting: Painting & decorating, Masonry: Brick and stone masonry, "
            "Paving: Asphalt paving, Insulation: Spray foam insulation, Charpente: Charpente et menuiserie, "
            "Steel: Steel erection, Flooring: Floor covering"
        ),
        streets=_split(
            "Broad Street, 20th Street E, Portage Avenue, chemin Dawson, Saskatchewan Drive, Quill Lane, Victoria "
            "Avenue E, Highway 16 W, Bannatyne Avenue, Grid Road 640"
        ),
        towns=_towns(
            "Saskatoon S7K, Prince Albert S6V, Estevan S4A, Humboldt S0K, Kindersley S0L, La Ronge S0J, Maple "
            "Creek S0N, Steinbach R5G, Thompson R8N, Winkler R6W, Stonewall R0C, St-Pierre-Jolys R0A, Neepawa "
            "R0J, Beausejour R0E"
        ),
    ),
    Family.REPORT: Names(
        given=_split(
            "Albertine, Anaïs, Angus, Béatrice, Bruce, Camille, Curtis, Dorothy, Élodie, Ernest, François, "
            "Gisèle, Hank, Ingrid, Jérôme, Kelsey, Lucien, Manjit, Natalie, Owen, Prudence, Raymond, Solange, "
            "Stanley, Trinh, Ursula"
        ),
        last=_split(
            "Aubin, Beaulieu, Cardinal, Desjarlais, Dubé, Ewert, Fehr, Grewal, Hébert, Hrycak, Jorstad, Klassen, "
            "L'Heureux, Lévesque, MacLeod, Morin, O'Connor, Papadopoulos, Rempel, Sawchuk, Tremblay, Vandal, "
            "Yaworski"
        ),
        firms=_split(
            "Antelope, Blue Heron, Cardinal & Fils, Cypress, Eagle Feather, Hudson Bay Road, Lac Pelletier, "
            "MacLeod's, Old Wives, Poplar Bluff, Qu'Appelle, Sturgeon Weir, Wolverine"
        ),
        trades=_pairs(
            "Glazing: Windows and glazing, Landscaping: Landscaping & irrigation, Scaffolding: Scaffolding, "
            "Mechanical: Mechanical contracting, Demolition: Demolition and hauling, Rénovations: Rénovations "
            "générales, Fencing: Farm and yard fencing, Tile: Tile setting"
        ),
        streets=_split(
            "Albert Street, 33rd Street W, Pembina Highway, avenue de la Cathédrale, Idylwyld Drive N, Lorne "
            "Avenue, Grand Valley Road, Highway 39 E, boul. Lagimodière, Ring Road"
        ),
        towns=_towns(
            "Swift Current S9H, North Battleford S9A, Lloydminster S9V, Meadow Lake S9X, Melville S0A, Prud'homme "
            "S0K, Île-à-la-Crosse S0M, Portage la Prairie R1N, Morden R6M, Flin Flon R8A, Swan River R0L, La "
            "Broquerie R0A, Virden R0M, Lac du Bonnet R0E"
        ),
    ),
}
