"""Accounts and groups of the test domain, written to the provisioned directory before the controller starts (one
process instead of a samba-tool for each). Argument: the run's directory."""

import os
import sys
import time

import ldb
from samba import unix2nttime
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

directory = sys.argv[1]
settings = LoadParm()
settings.load(os.path.join(directory, "dc/etc/smb.conf"))
sam = SamDB(url=os.path.join(directory, "dc/private/sam.ldb"), session_info=system_session(), lp=settings)


def change(name, attribute, value):
    found = sam.search(expression=f"(sAMAccountName={name})", attrs=[])[0]
    message = ldb.Message(found.dn)
    message[attribute] = ldb.MessageElement(str(value), ldb.FLAG_MOD_REPLACE, attribute)
    sam.modify(message)


for name in ("alice", "bob", "locked", "disabled", "mustchange", "expired"):
    with open(os.path.join(directory, "passwords", name), encoding="ascii") as file:
        password = file.read()
    sam.newuser(name, password, givenname=name.capitalize(), surname="Example",
                force_password_change_at_next_login_req=name == "mustchange")

# A duration of zero: locked until an administrator unlocks, so that no time passes under a test.
domain = ldb.Message(ldb.Dn(sam, sam.domain_dn()))
domain["lockoutDuration"] = ldb.MessageElement("0", ldb.FLAG_MOD_REPLACE, "lockoutDuration")
sam.modify(domain)
change("locked", "lockoutTime", unix2nttime(int(time.time())))
change("expired", "accountExpires", unix2nttime(int(time.time()) - 86400))
sam.disable_account("(sAMAccountName=disabled)")

GLOBAL_GROUP = -0x7FFFFFFE  # [MS-ADTS] 2.2.12: a security group of the account kind
DOMAIN_LOCAL_GROUP = -0x7FFFFFFC
for name, kind, members in (("Readers", GLOBAL_GROUP, ["alice"]), ("Everything", GLOBAL_GROUP, ["Readers"]),
                            ("Locals", DOMAIN_LOCAL_GROUP, ["alice"])):
    sam.newgroup(name, grouptype=kind)
    sam.add_remove_group_members(name, members, add_members_operation=True)

with open(os.path.join(directory, "domain.sid"), "w", encoding="ascii") as file:
    file.write(sam.get_domain_sid())
