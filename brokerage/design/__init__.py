"""GOV.UK clothes for every page: forms, views, layouts, tags. It knows nothing of care."""
