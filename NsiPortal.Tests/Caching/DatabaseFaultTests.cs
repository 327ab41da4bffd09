using Npgsql;

namespace NsiPortal.Caching;

public sealed class DatabaseFaultTests
{
    [Fact]
    public void It_is_found_however_deep_it_is_wrapped_and_nothing_else_is_taken_for_it()
    {
        var fault = new NpgsqlException("gone");
        Assert.Same(fault, DatabaseFault.In(new InvalidOperationException("", new AggregateException(new InvalidDataException("", fault)))));
        Assert.Null(DatabaseFault.In(new InvalidOperationException("", new IOException())));
        Assert.Null(DatabaseFault.In(null));
    }

    [Fact]
    public void A_query_that_its_reader_gave_up_is_no_fault_of_the_database()
    {
        Assert.Null(DatabaseFault.In(new OperationCanceledException("", new NpgsqlException("canceling statement due to user request"))));
    }
}
