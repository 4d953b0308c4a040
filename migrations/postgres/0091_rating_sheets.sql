-- What was rated, a row for each body and quarter: all of it in the order of what it says. Rows of their own could be laid
-- beside the slips that were used, by the order in which both were written, and whoever holds key and database would know
-- who said what.
CREATE TABLE rating_sheets (
    organisation TEXT NOT NULL,
    -- Its first day, 2026-10-01.
    quarter      TEXT NOT NULL,
    -- JSON, sorted.
    ratings      TEXT NOT NULL,
    PRIMARY KEY (organisation, quarter)
);
INSERT INTO rating_sheets (organisation, quarter, ratings)
SELECT organisation, quarter,
       json_agg(json_build_object('stars', stars, 'again', again = 1, 'words', words) ORDER BY stars, again, words)::text
FROM (
    SELECT organisation, stars, again, words,
           substr(month, 1, 5) || lpad(((substr(month, 6, 2)::int - 1) / 3 * 3 + 1)::text, 2, '0') || '-01' AS quarter
    FROM ratings
) AS told
GROUP BY organisation, quarter;
DROP TABLE ratings;
