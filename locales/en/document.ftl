# Words of the printed certificate. Headings and labels; values come from the certificate itself.
certificate-page = Page { $page } of { $pages }
