# French dates without a leading zero and « 14 h 30 ».
DATE_FORMAT = "j F Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "j F Y à G\u00a0\\h\u00a0i"
SHORT_DATE_FORMAT = "d/m/Y"
