"""PostgreSQL and Valkey (which speaks Redis's protocol) for a machine that has neither, under var/.

The programs come with the installed packages. Nothing here needs root, and nothing survives the process that started
it. Production names its own servers by DATABASE_URL and REDIS_URL and never comes here.
"""
