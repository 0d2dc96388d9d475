"""Walking patients through a pathway: cases, what is expected of them, and what they exercise."""
