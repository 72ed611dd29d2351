-- Nobody asks for kept answers by their age.
drop index kept_answers_by_age;
