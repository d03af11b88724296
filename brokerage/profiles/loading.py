"""Giving a council its profile. What is the same already is left alone, so a second time changes nothing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module

from django.db import transaction

from brokerage.administration.council import actions as council
from brokerage.administration.council import in_words
from brokerage.audit.recording import record
from brokerage.council.models import Council
from brokerage.errors import Refused
from brokerage.profiles.profile import Declared, Post, Profile
from referrals.pathways.models import Pathway
from referrals.publishing import actions as publishing
from referrals.publishing.known import known
from referrals.publishing.queries import changes_between
from referrals.signposts import actions as signposts
from referrals.signposts.models import Signpost

NAMES = ("derbyshire", "greenwich", "leicestershire", "medway")
NOBODY_YET = Council._meta.get_field("name").default


@dataclass(frozen=True)
class Step:
    """One thing that loading does, and how it is told."""

    said: str
    do: Callable[[], object]


def profile_named(name: str) -> Profile:
    """
    Raises:
        Refused: there is none of that name; the sentence lists those there are.
    """
    if name not in NAMES:
        raise Refused(f"There is no profile called {name}. There are {', '.join(NAMES[:-1])} and {NAMES[-1]}.")
    return import_module(f"brokerage.profiles.{name}").PROFILE


def steps(profile: Profile, *, by) -> list[Step]:
    """What loading would do now, in order, with nothing done: signposts, settings, pathways."""
    posts = {post.code: post.name for post in profile.signposts}
    return [
        *_signposts(profile, by=by),
        *_settings(profile, by=by),
        *(step for declared in profile.pathways for step in _pathway(profile, declared, known(posts), by=by)),
    ]


@transaction.atomic
def load(profile: Profile, *, by) -> list[str]:
    """Do it, whole or not at all, and say what was done; nothing where nothing differed."""
    done = []
    for step in steps(profile, by=by):
        outcome = step.do()
        moved = getattr(outcome, "moved", 0)
        done.append(step.said + (f" ({moved} draft{'' if moved == 1 else 's'} moved to it)" if moved else ""))
    if done:
        row = Council.objects.filter(pk=1).first() or Council(pk=1)
        record("profile.loaded", row, by=by, said=f"Profile {profile.name} loaded", done=done)
    return done


def _signposts(profile, *, by):
    have = {signpost.code: signpost for signpost in Signpost.objects.all()}
    for post in profile.signposts:
        if post.code not in have:
            yield Step(f"Signpost added: {post.name}", _adds(post, by))
        elif facts := _differs(have[post.code], post):
            yield Step(f"Signpost changed: {post.name}", _changes(have[post.code], facts, by))


def _settings(profile, *, by):
    row = Council.objects.filter(pk=1).first() or Council(pk=1)
    wanted = dict(profile.settings)
    if row.name == NOBODY_YET:  # a name that somebody chose is never changed
        wanted["name"] = profile.council
    other = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for said in in_words.changes({name: getattr(row, name) for name in other}, other):
        name = next(name for name in other if said.startswith(in_words.LABELS[name]))
        yield Step(said, _sets(profile, name, other[name], by))


def _pathway(profile, declared: Declared, names, *, by):
    in_force = Pathway.objects.in_force().filter(code=declared.code).first()
    as_it_would_be = Pathway(name=declared.name, serves=declared.serves, definition=declared.terms.write())
    same = in_force and all(
        getattr(in_force, name) == getattr(as_it_would_be, name) for name in ("name", "serves", "definition")
    )
    if same:
        return
    changes = changes_between(in_force, as_it_would_be, names) if in_force else []
    more = (
        f": {'; '.join(changes[:3])}" + (f" and {len(changes) - 3} more" if len(changes) > 3 else "") if changes else ""
    )
    said = f"{declared.name} changed{more}" if in_force else f"{declared.name} added"
    yield Step(said, _publishes(profile, declared, by))


def _differs(signpost, post: Post) -> dict:
    wanted = asdict(post)
    wanted.pop("code")
    return {name: value for name, value in wanted.items() if getattr(signpost, name) != value}


def _adds(post, by):
    return lambda: signposts.add(by=by, **asdict(post))


def _changes(signpost, facts, by):
    return lambda: signposts.change(signpost, by=by, because="From the council’s profile", **facts)


def _sets(profile, name, value, by):
    return lambda: council.change(by=by, because=f"Profile {profile.name}", **{name: value})


def _publishes(profile, declared, by):
    return lambda: publishing.put_in_force(
        code=declared.code,
        name=declared.name,
        serves=declared.serves,
        terms=declared.terms,
        because=f"Profile {profile.name}",
        by=by,
        profile=profile.name,
    )
