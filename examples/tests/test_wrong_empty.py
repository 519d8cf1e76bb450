def helper():
    def test_inner():
        assert True

    return test_inner
