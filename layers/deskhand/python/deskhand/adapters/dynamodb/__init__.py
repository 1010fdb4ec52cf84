"""The desk's memory in one DynamoDB table.

Access patterns first; everything else follows from them:

| what is asked                                | how it is found                                   |
| -------------------------------------------- | ------------------------------------------------- |
| a conversation's head                        | `C#<conversation id>` / `head`                    |
| its messages, with the turns that they had   | `C#<conversation id>` / `message#<message id>`    |
| a turn; all turns of a conversation          | `C#<conversation id>` / `turn#<turn id>`          |
| its approvals                                | `C#<conversation id>` / `approval#<approval id>`  |
| which conversation an approval belongs to    | `A#<approval id>` / `pointer`                     |
| what is not delivered yet                    | `C#<conversation id>` / `outbox#<entry id>`       |
| what became of one action or reply           | `L#<key>` / `entry`                               |
| the last one-time code of a conversation     | `C#<conversation id>` / `code`                    |
| when an account was sent codes               | `K#<hash of its address>` / `codes`               |
| a customer's places under the limits         | `R#<customer id>` / `places`                      |
| what everybody was refunded on one day (UTC) | `D#<YYYY-MM-DD>` / `total`                        |
| what is or was stopped                       | `stops` / `action#<action>`                       |
| what happened to an action in one hour       | `S#<action>` / `hour#<YYYY-MM-DDTHH>#<round>`     |
| a ticket of the built-in helpdesk            | `T#<ticket id>` / `ticket`                        |
| which tickets an address has opened          | `P#<hash of the address>` / `ticket#<ticket id>`  |
| conversations to look after, oldest first    | index `due`, bucket `conversations`               |
| approvals nobody decided, oldest first       | index `due`, bucket `approvals to decide`         |
| approvals that expire, earliest first        | index `due`, bucket `approvals that expire`       |
| decided approvals whose turn has not gone on | index `due`, bucket `approvals to go on with`     |
| notes to deliver, oldest first               | index `due`, bucket `notes`                       |
| tickets by their latest message              | index `due`, bucket `tickets`                     |

An item carries `version` (the record's format), `data` (the record as JSON, or `part`: where it
lies in S3 when it is too large), `changes` (how often it was written, on which every write is
conditional), `write` (which write it was: how an answer that was lost on the way is recognised),
`expires_at`, and `due_bucket` with `due_at` while it is in the index. The index lags behind, so
whatever it names is read again from the table before it is believed.

The hours of an action hold no record but a number for each sign, to which DynamoDB adds by itself;
they have `version` and `expires_at` alone. A stop that stands has no `expires_at`.
"""
