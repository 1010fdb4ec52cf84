"""The page behind an approval's link: what is asked, and the forms with which a person answers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from string import Template
from urllib.parse import parse_qsl

from pydantic import JsonValue, ValidationError

from deskhand.domain.approval import Approval
from deskhand.domain.draft import ProposedAction
from deskhand.domain.policy import Replies
from deskhand.domain.web import Answer, Request
from deskhand.errors import Rejected
from deskhand.jobs.approval_links import ApprovalLinks, Linked
from deskhand.jobs.approve import Decision, decide, look
from deskhand.jobs.standing import Standing, in_minutes
from deskhand.jobs.turns import Turns
from deskhand.text.deliveries import in_plain_words

BY_LINK = " (by link)"
MOST_FIELDS = 100
LONGEST_ARGUMENT = 5_000


@dataclass(frozen=True)
class ApprovalPages:
    """Shows an approval to whoever has its link, and takes their answer."""

    turns: Turns
    links: ApprovalLinks
    page: Template
    forms: Template

    def show(self, request: Request) -> Answer:
        """The question, and how it stands. Decides nothing, however often it is opened."""
        try:
            linked = self.links.read(request.path["link"])
            standing = look(linked.approval_id, turns=self.turns)
        except Rejected as error:
            return self._problem(404, str(error))
        return self._standing(200, linked, standing)

    def answer(self, request: Request) -> Answer:
        """Takes the answer that was sent with one of the forms, and says what is true then."""
        try:
            linked = self.links.read(request.path["link"])
            asked = look(linked.approval_id, turns=self.turns)
        except Rejected as error:
            return self._problem(404, str(error))
        try:
            drafted = _middle(asked.approval, self.turns.policy.replies)
            decision = _decision(request.body, asked.approval, drafted)
            standing = decide(linked.approval_id, decision, turns=self.turns)
        except ValidationError as error:
            return self._question(400, asked, f"Nothing was decided: {in_plain_words(error)}.")
        except (Rejected, ValueError) as error:
            return self._question(400, asked, f"Nothing was decided: {error}.")
        return self._standing(200 if standing.taken else 409, linked, standing)

    def _standing(self, status: int, linked: Linked, standing: Standing) -> Answer:
        """How it stands; once the link has expired, no more than that."""
        if linked.expires_at <= self.turns.clock():
            return self._told(410, "This link has expired", standing.words)
        return self._question(status, standing, standing.words)

    def _question(self, status: int, standing: Standing, words: str) -> Answer:
        asked = standing.approval
        why = "".join(f"<li>{_in_html(one.words)}</li>" for one in asked.objections)
        body = [f"<p>{_in_html(words)}</p>"]
        if why:
            body.append(f"<h2>Why I ask</h2><ul>{why}</ul>")
        if said := asked.edited_reply:
            body.append(f"<h2>The reply</h2><blockquote>{_in_html(said)}</blockquote>")
        if standing.state == "open":
            body.append(f"<h2>My draft</h2><blockquote>{_in_html(asked.reply)}</blockquote>")
            body.append(self._forms(asked))
        return self._shown(status, f"May I? {asked.summary}", "".join(body))

    def _forms(self, asked: Approval) -> str:
        return self.forms.substitute(
            until=_in_html(in_minutes(asked.expires_at)),
            reply=escape(_middle(asked, self.turns.policy.replies)),
            arguments="".join(_inputs(asked.actions)),
        )

    def _problem(self, status: int, why: str) -> Answer:
        return self._told(status, "There is nothing here", why[:1].upper() + why[1:] + ".")

    def _told(self, status: int, heading: str, words: str) -> Answer:
        return self._shown(status, heading, f"<p>{_in_html(words)}</p>")

    def _shown(self, status: int, heading: str, body: str) -> Answer:
        return Answer(
            status=status, page=self.page.substitute(heading=_in_html(heading), body=body)
        )


def _inputs(actions: Iterable[ProposedAction]) -> Iterable[str]:
    """A field for each argument, under a name that says which action it is of."""
    for number, action in enumerate(actions):
        for name, value in action.arguments.items():
            label = f"{action.name}: {name}".replace("_", " ")
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield (
                f"<label>{_in_html(label)}"
                f'<input name="{number}.{escape(name)}" value="{escape(shown)}"></label>'
            )


def _middle(asked: Approval, replies: Replies) -> str:
    """The part of the reply that a person's words take the place of."""
    around = {replies.introduction, replies.apology, replies.signature}
    return "\n\n".join(part for part in asked.reply.split("\n\n") if part not in around)


def _decision(body: bytes, asked: Approval, drafted: str) -> Decision:
    """What one of the forms says; `ValueError` and pydantic's own where it is none of ours."""
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    by, reason = fields.get("by", "").strip(), fields.get("reason", "").strip()
    if not by:
        raise ValueError("your name is missing")
    if fields.get("decision") == "reject" and not reason:
        raise ValueError("the reason is missing, which whoever takes the ticket over reads")
    reply = fields.get("reply", "").replace("\r\n", "\n").strip()
    actions = tuple(_actions(asked, fields)) if fields.get("decision") == "edit" else ()
    if reply == drafted.strip():
        reply = ""  # as the agent would say it: then it speaks by what was really done
    return Decision.model_validate(
        {
            "decision": fields.get("decision"),
            "by": by + BY_LINK,
            "reason": reason,
            "reply": reply,
            "actions": actions,
        }
    )


def _actions(asked: Approval, fields: Mapping[str, str]) -> Iterable[ProposedAction]:
    for number, action in enumerate(asked.instead_of or asked.actions):
        arguments = {
            name: _value(name, value, fields.get(f"{number}.{name}"))
            for name, value in action.arguments.items()
        }
        yield ProposedAction(name=action.name, arguments=arguments)


def _value(name: str, before: JsonValue, given: str | None) -> JsonValue:
    """The argument as it was written into its field; one that was not sent stays as it is."""
    if given is None or isinstance(before, str):
        return before if given is None else given
    if len(given) > LONGEST_ARGUMENT:
        raise ValueError(f"{name.replace('_', ' ')} is too long")
    try:
        value: JsonValue = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name.replace('_', ' ')} cannot be {given!r}") from error
    return value


def _in_html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
