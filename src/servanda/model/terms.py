"""The words a record may use: the enumerations of the field, one meaning each (GLOSSARY.md is printed from here)."""

from enum import StrEnum


class Certainty(StrEnum):
    """How firmly the report asserts the thing."""

    STATED = "stated"  # the report asserts it
    POSSIBLE = "possible"  # may, could, ready to, is considering, according to rumour
    DENIED = "denied"  # the report denies it


class Kind(StrEnum):
    """What sort of document or deal an instrument is."""

    AGREEMENT = "agreement"  # treaty, convention, pact, agreement of states
    MEMORANDUM = "memorandum"  # memorandum of understanding, letter of intent
    PROTOCOL = "protocol"  # protocol, minutes, exchange of notes
    PLAN = "plan"  # action plan, roadmap, programme, concept
    STATEMENT = "statement"  # declaration, joint statement, communique
    CONTRACT = "contract"  # commercial, loan or grant contract, tender
    OTHER = "other"  # named as a document, of no sort above


class StepName(StrEnum):
    """A stage in the life of an instrument, in the terms of treaty law."""

    NEGOTIATED = "negotiated"  # drafted, under discussion, proposed
    PLANNED = "planned"  # is to be signed
    INITIALLED = "initialled"  # the text is authenticated
    APPROVED = "approved"  # by a government, a president, one chamber, or as a draft
    SIGNED = "signed"  # also concluded, adopted, reached
    RATIFIED = "ratified"  # by parliament, or the law signed
    IN_FORCE = "in_force"  # binds from this day
    IMPLEMENTED = "implemented"  # carried out
    EXTENDED = "extended"  # its period prolonged
    AMENDED = "amended"  # its text changed
    SUSPENDED = "suspended"  # set aside for a time
    WITHDRAWN = "withdrawn"  # denounced, exited by one party
    TERMINATED = "terminated"  # ended, also expired
    REJECTED = "rejected"  # refused by an organ asked to approve


class Modality(StrEnum):
    """The force with which a party binds itself."""

    OBLIGATION = "obligation"  # will, is to, undertakes, agreed to, has done
    INTENTION = "intention"  # plans, hopes, is ready, aims, proposes
    PROHIBITION = "prohibition"  # will not, may not, bans
    PERMISSION = "permission"  # allows, opens, grants a right


class Progress(StrEnum):
    """How far an undertaking has come, by the words of the report."""

    ANNOUNCED = "announced"  # said, not yet begun
    UNDER_WAY = "under_way"  # being done
    FULFILLED = "fulfilled"  # done
    DELAYED = "delayed"  # later than was promised
    SUSPENDED = "suspended"  # halted for a time
    BROKEN = "broken"  # somebody says that it was not kept
    CANCELLED = "cancelled"  # called off


class Act(StrEnum):
    """What a party undertakes to do."""

    GIVE = "give"  # grant, donate, humanitarian or military aid without payment
    LEND = "lend"  # loan, credit, debt relief
    SUPPLY = "supply"  # sell, export, deliver against payment
    BUY = "buy"  # purchase, import
    FINANCE = "finance"  # invest, fund, allocate
    BUILD = "build"  # construct, open or launch a facility, route, centre, joint enterprise
    TRANSPORT = "transport"  # carry goods, as the act itself
    RAISE = "raise"  # bring a metric to a target, increase
    CUT = "cut"  # reduce
    TRAIN = "train"  # educate, exchange staff
    SHARE = "share"  # information, technology, experience
    EASE = "ease"  # visa, customs, tariff, quota, border opening
    RESTRICT = "restrict"  # sanction, ban, close
    DEPLOY = "deploy"  # troops, exercises, missions
    COOPERATE = "cooperate"  # develop cooperation in a named field, carry out a plan together
    HOST = "host"  # receive a meeting, a mission
    RECOGNISE = "recognise"  # support a position, sovereignty
    REFRAIN = "refrain"  # a promise not to do
    PAY = "pay"  # pay what is owed
    OTHER = "other"  # an act between parties, of no sort above


class Metric(StrEnum):
    """What a figure counts."""

    TRADE = "trade"  # turnover between the parties
    EXPORTS = "exports"  # who = [from, to]
    IMPORTS = "imports"  # who = [from, to]
    INVESTMENT = "investment"  # capital placed
    AID = "aid"  # given without payment
    DEBT = "debt"  # owed
    TRANSIT = "transit"  # goods through a party
    TRAFFIC = "traffic"  # passengers, flights, tourists
    ENERGY = "energy"  # volumes of gas, oil, power
    PEOPLE = "people"  # students, workers, refugees
    PROJECTS = "projects"  # number of companies, joint ventures, projects
    OTHER = "other"  # another quantity of the relation


class MeetingKind(StrEnum):
    """How people of different parties meet."""

    VISIT = "visit"  # one goes to the other
    TALKS = "talks"  # meeting, negotiations, reception
    CALL = "call"  # telephone or video
    SESSION = "session"  # summit, commission, forum, conference
    CEREMONY = "ceremony"  # opening, signing as an event
    OTHER = "other"  # of no sort above


class Status(StrEnum):
    """Where a meeting stands at the time of the report."""

    HELD = "held"  # over
    UNDER_WAY = "under_way"  # going on
    PLANNED = "planned"  # to come
    CANCELLED = "cancelled"  # called off


class Bound(StrEnum):
    """On which side of the printed number the true one lies."""

    EXACTLY = "exactly"  # as printed
    ABOUT = "about"  # near it
    OVER = "over"  # at least it
    UNDER = "under"  # at most it


class How(StrEnum):
    """How a value came from the words."""

    STATED = "stated"  # the span says the value as it stands
    NORMALISED = "normalised"  # its lemma, number, code or unit
    RESOLVED = "resolved"  # reference, metonymy, relative date
    INHERITED = "inherited"  # from a neighbouring sentence or the record it rests on
    INFERRED = "inferred"  # a reading of form: modality, progress, act, kind
    COMPUTED = "computed"  # worked out from other values
