"""What in a text may say who somebody is: names, numbers, places. Pure language; it knows of no referral and no provider."""
