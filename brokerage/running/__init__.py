"""What stands behind bin/run and bin/manage: one set of servers per var/, shared, supervised, and gone with us."""
