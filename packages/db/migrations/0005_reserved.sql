-- Keeps the number of a migration that is made elsewhere at the same time; that one takes its place.
select 1;
