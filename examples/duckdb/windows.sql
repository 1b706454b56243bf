-- The windows of a whole corpus that do not agree: a translation that lacks a length of time by which
-- its source bounds something, or turns before into after; and two articles that state two times for
-- one thing. `reported` says which rules of `hexapla check` speak at the same place.
WITH
-- Lengths of time, and how they bound; "by the eighth day" names a day.
lengths AS (
    SELECT article, locale AS of_locale, is_source, segment, measure || ' ' || measure_unit AS length, relation
    FROM signals
    WHERE kind = 'duration' AND relation IS DISTINCT FROM 'by'
),
-- What both sides of a bead state. A translation of another version of the source may differ.
beads_with_lengths AS (
    SELECT b.article, b.locale, b.target_path, b.unit, b.source, b.target,
        list(length) FILTER (is_source AND l.relation IS NOT NULL) AS bounds,
        coalesce(list(length) FILTER (NOT is_source), []) AS read,
        list(DISTINCT l.relation) FILTER (is_source AND l.relation IN ('before', 'after')) AS said_side,
        list(DISTINCT l.relation) FILTER (NOT is_source AND l.relation IN ('before', 'after')) AS read_side
    FROM beads b
    JOIN lengths l ON l.article = b.article AND list_contains(b.segments, l.segment)
        AND (l.is_source OR l.of_locale = b.locale)
    WHERE b.relation <> 'other-version'
    GROUP BY ALL
),
changed AS (
    SELECT 'translation' AS differs, article, locale, source AS one, target AS other,
        (SELECT string_agg(DISTINCT rule, ', ' ORDER BY rule) FROM findings f
         WHERE f.path = target_path AND f.unit = b.unit AND family IN ('facts', 'meaning')) AS reported
    FROM beads_with_lengths b
    WHERE NOT list_has_all(read, bounds)
        OR len(said_side) = 1 AND len(read_side) = 1 AND said_side <> read_side
),
-- Windows as sources state them, without examples, conditions and what holds for some time only.
windows AS (
    SELECT *, coalesce(closes_hours, coalesce(opens_hours, 0) + lasts_hours) AS until_hours
    FROM policies
    WHERE is_source AND NOT example AND NOT negated AND conditions = []
        AND coalesce(valid_from, valid_until) IS NULL
        AND modality NOT IN ('recommendation', 'possibility', 'prohibition')
),
contradicting AS (
    SELECT 'articles' AS differs, a.article || ' and ' || b.article AS article, a.locale, a.text AS one, b.text AS other,
        (SELECT string_agg(DISTINCT rule, ', ' ORDER BY rule) FROM findings f
         WHERE family = 'policies' AND (f.path, f.start_line) IN ((a.path, a.line), (b.path, b.line))) AS reported
    FROM windows a
    JOIN windows b ON a.article < b.article AND a.locale = b.locale AND a.kind = b.kind
        AND a.action IS NOT DISTINCT FROM b.action AND a.consequence IS NOT DISTINCT FROM b.consequence
        AND a.subject IS NOT DISTINCT FROM b.subject AND a.scope IS NOT DISTINCT FROM b.scope
        AND (a.anchor IS NULL OR b.anchor IS NULL OR a.anchor = b.anchor)
    -- A month is as long as 28 to 31 days.
    WHERE abs(a.until_hours - b.until_hours) * 10 > greatest(a.until_hours, b.until_hours)
        OR sign(a.opens_hours) <> sign(b.opens_hours)
)
SELECT * FROM changed
UNION ALL
SELECT * FROM contradicting
ORDER BY ALL
