DROP INDEX measurements_day;
