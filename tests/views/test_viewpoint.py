from tests.views.told import frame, row
from views import viewpoint


def test_around_holds_the_dots_and_not_the_areas():
    lat, lon, zoom = viewpoint.around(
        frame(row(n=1), row(n=2, lat=50.0, lon=36.2), row(n=3, lat=60, lon=90, precision=6))
    )
    assert (round(lat, 1), round(lon, 1)) == (50.3, 36.4)
    assert zoom == 8
    assert viewpoint.around(frame()) == (50.3, 36.6, 6)


def test_around_leaves_out_the_tenth_that_lies_far_off():
    near = [row(n=n, lat=50.0 + n % 5 * 0.15, lon=36.2 + n % 3 * 0.2) for n in range(19)]
    lat, lon, zoom = viewpoint.around(frame(*near, row(n=99, lat=46.5, lon=30.7)))
    assert (round(lat, 1), round(lon, 1)) == (50.3, 36.4)
    assert zoom == 8


def test_a_wide_spread_starts_further_out():
    assert viewpoint.around(frame(row(n=1), row(n=2, lat=20.0, lon=100.0)))[2] == 4
