"""Looking for files of companies' figures where others put them."""
