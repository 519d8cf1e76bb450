from unittest.mock import MagicMock


def test_orders():
    service = MagicMock()
    for call in service.call_args_list:
        assert call != "MagicNone"
