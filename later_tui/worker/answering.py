"""Gone soon: `Store.answer`."""


async def answer(store, settings, reminder_id, given, *, now, until=None, round_=None):  # noqa
    return await store.answer(settings, reminder_id, given, now=now, until=until, round_=round_)
