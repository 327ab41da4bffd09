namespace NsiPortal.Caching.Pages;

/// <summary>
/// The renders under way, by page and tokens: requests for one missing page at once render it once. Whoever joins a flight has read the
/// same tokens as its leader, so no reader gets a render that began before a change it must see.
/// </summary>
sealed class PageFlights : Flights<WholePage>;
