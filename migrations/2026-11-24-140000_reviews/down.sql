DROP TABLE reviews;
DROP TABLE review_setups;
DROP TABLE review_templates;
