"""The offices, their agents and the places where they work.

Twelve field offices, each with the two letters that open its numbers. Places are real, persons are
invented. An office's agents and its supervisors are different persons, so that what one prepared another
approved.
"""

from dataclasses import dataclass

from loaders.sample.dice import Odds


@dataclass(frozen=True, slots=True)
class Office:
    """A field office: `prefix` opens its numbers, `cities` and `places` are in its district."""

    name: str
    prefix: str
    cities: tuple[str, ...]
    places: tuple[str, ...]
    agents: tuple[str, ...]
    supervisors: tuple[str, ...]


def office(name: str, prefix: str, cities: str, places: str, staff: str) -> Office:
    """An office from lists with commas; the last two of its staff are its supervisors."""
    people = staff.split(", ")
    return Office(
        name,
        prefix,
        tuple(cities.split(", ")),
        tuple(places.split(", ")),
        tuple(f"agent.{person}" for person in people[:-2]),
        tuple(f"sup.{person}" for person in people[-2:]),
    )


OFFICES = {
    office(
        "SAC-NY", "NY", "New York, Newark, Elizabeth, Yonkers",
        "the Newark terminal, a bonded warehouse in Elizabeth, the cargo area at JFK, a diner on Route 9",
        "lee, ostrander, kimball, farquhar, dunmore, pell, ortiz, hallam",
    ): 15,
    office(
        "SAC-LA", "LA", "Los Angeles, Long Beach, Carson, San Pedro",
        "berth 212 at Long Beach, a warehouse in Carson, the cargo area at LAX, a car wash in San Pedro",
        "kim, arroyo, westlake, tanaka, brannock, coyle, mercer, ibarra",
    ): 13,
    office(
        "SAC-MIA", "MI", "Miami, Hialeah, Doral, Fort Lauderdale",
        "the Miami River docks, a cold store in Doral, a marina in Fort Lauderdale, a flea market in Hialeah",
        "villar, stroud, penrose, quintero, abbott, rusk, delmonte, sayles",
    ): 12,
    office(
        "SAC-CHI", "CH", "Chicago, Cicero, Joliet, Hammond",
        "the rail yard in Cicero, a truck stop at Joliet, the mail facility at O'Hare, a tavern in Hammond",
        "novak, grady, whitcomb, lindqvist, oneal, vance, kowalik, hurst",
    ): 10,
    office(
        "SAC-HOU", "HO", "Houston, Pasadena, Baytown, Galveston",
        "the Barbours Cut terminal, a pipe yard in Baytown, a motel in Pasadena, the Galveston pier",
        "tate, bexley, ruiz, langdon, crowell, okafor, sandoval, pruitt",
    ): 9,
    office(
        "SAC-SEA", "SE", "Seattle, Tacoma, Blaine, Everett",
        "terminal 46, the Blaine crossing, a storage unit in Tacoma, a boatyard in Everett",
        "haugen, mori, calloway, fenwick, shaw, brandt, ellery, nakano",
    ): 7,
    office(
        "SAC-BOS", "BO", "Boston, Chelsea, Worcester, Providence",
        "the Conley terminal, a fish pier in Chelsea, a mill in Worcester, a bank branch in Providence",
        "doyle, thayer, amaral, pickford, keane, lowell, brophy, santoro",
    ): 6,
    office(
        "SAC-ATL", "AT", "Atlanta, Savannah, Marietta, Macon",
        "the Garden City terminal, a call centre in Marietta, the Atlanta mail hub, a farm near Macon",
        "tolliver, meade, ashby, greer, rainey, boone, hargrove, linden",
    ): 7,
    office(
        "SAC-DAL", "DA", "Dallas, Irving, Garland, Fort Worth",
        "the Alliance airport, a server room in Irving, a body shop in Garland, the Fort Worth stockyards",
        "mcrae, sutter, dalby, esparza, wooten, knox, barlow, trevino",
    ): 6,
    office(
        "SAC-PHX", "PH", "Phoenix, Nogales, Tucson, Mesa",
        "the Mariposa crossing, a produce warehouse in Nogales, a ranch south of Tucson, a house in Mesa",
        "begaye, stanhope, orozco, lyle, hatcher, prior, valdes, keeler",
    ): 5,
    office(
        "SAC-SND", "SD", "San Diego, Chula Vista, El Cajon, National City",
        "the Otay Mesa crossing, a yard in Chula Vista, the 24th Street terminal, a parking lot in El Cajon",
        "navarro, hollis, brandywine, soto, pike, carver, montoya, reyes-hart",
    ): 5,
    office(
        "SAC-DET", "DE", "Detroit, Dearborn, Port Huron, Toledo",
        "the Ambassador Bridge, a truck plaza in Port Huron, a scrap yard in Dearborn, a dock in Toledo",
        "haddad, zielinski, corwin, frazer, bellamy, stark, rourke, maki",
    ): 5,
}  # fmt: skip

BY_SHARE: Odds[Office] = Odds(OFFICES)
"""How often a case is each office's."""
