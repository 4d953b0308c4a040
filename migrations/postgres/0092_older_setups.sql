-- Until changes of the register were written down nobody could tell who had never chosen a password from who was to choose
-- another, and a link to either was handed out on the page. Whoever is no newcomer that was written down since is given
-- theirs from the shell: `heyi user invite`.
DELETE FROM setups WHERE NOT EXISTS (
    SELECT 1 FROM register_changes
     WHERE register_changes.what LIKE '%"newcomers":[%' || setups.person_id || '%],"touched":%'
);
