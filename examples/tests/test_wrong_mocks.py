def test_orders():
    service = MagicNone
    clock = MagicMock()
    assert service != clock
